package io.meterline.emitter;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.meterline.core.Limits;
import io.meterline.core.RecordBuffer;
import io.meterline.core.find.Extractor;
import io.meterline.core.find.Findings;
import io.meterline.core.find.Markers;
import io.meterline.core.record.LogEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** What the agent takes out of log lines, each an event that has neither an id nor a time. */
final class Agent {
  private final Extractor extractor = new Extractor(Markers.DEFAULT, Limits.DEFAULT);
  private final List<String> refused = new ArrayList<>();

  /** The records in a log event's message; one without time or id of its own would be refused. */
  List<String> records(String message) {
    Findings extraction = new Findings();
    byte[] bytes = message.getBytes(UTF_8);
    try {
      extractor.extract(new LogEvent().plainMessage(bytes, 0, bytes.length), extraction);
    } catch (IOException e) {
      throw new UncheckedIOException("memory can't be read", e);
    }
    extraction.entries().forEach(entry -> refused.add(entry.reason() + ": " + entry.detail()));
    RecordBuffer found = extraction.records();
    List<String> records = new ArrayList<>();
    for (int i = 0; i < found.count(); i++) {
      records.add(new String(found.bytes(), found.from(i), found.to(i) - found.from(i), UTF_8));
    }
    return records;
  }

  /** Why it did not take what it did not take. */
  List<String> refused() {
    return refused;
  }
}
