package io.meterline.cli.demo;

import io.meterline.demo.MeteringRoute;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The left side of the books: what was sent, as the callers were answered. */
final class ExpectedRecords {
  private final Map<RecordKey, Sent> sent = new ConcurrentHashMap<>();
  private final Set<String> broken = ConcurrentHashMap.newKeySet();

  /** Enters a call that was answered with its record. */
  void answered(String path, int status, String body, Instant called) {
    Optional<MeteringRoute> way = MeteringRoute.of(path.replace("/", ""));
    if (status == 200 && way.isPresent()) {
      sent.put(RecordKey.of(body), new Sent(way.get().word(), Texts.digest(body), called));
    }
  }

  /** Enters that a record's line was broken on its way: it must end in quarantine. */
  void broken(String uniqueId) {
    broken.add(uniqueId);
  }

  Map<RecordKey, Sent> sent() {
    return sent;
  }

  boolean isBroken(String uniqueId) {
    return broken.contains(uniqueId);
  }
}
