package io.meterline.mapping;

import io.meterline.core.Limits;
import io.meterline.core.Origin;
import io.meterline.core.Quarantined;
import io.meterline.core.find.Extractor;
import io.meterline.core.find.Findings;
import io.meterline.core.find.Markers;
import io.meterline.core.record.LogEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What rules make of one log event, through all of extraction. */
record Outcome(List<String> records, List<Quarantined> refused) {
  static final Origin ORIGIN = new Origin("123456789012", "/app/api", "stream");
  static final long TIME = 1_663_096_905_062L;

  static Outcome of(String rules, String message) throws BadRules {
    return of(RuleFile.read("rules.yaml", rules), ORIGIN, message);
  }

  static Outcome of(Rules rules, Origin origin, String message) {
    byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
    return of(rules, origin, bytes);
  }

  static Outcome of(Rules rules, Origin origin, byte[] message) {
    LogEvent event = new LogEvent().from(origin).plainMessage(message, 0, message.length);
    byte[] id = "id-1".getBytes(StandardCharsets.UTF_8);
    return of(rules, event.id(id, 0, id.length).timestamp(TIME));
  }

  static Outcome of(Rules rules, LogEvent event) {
    Findings out = new Findings();
    try {
      new Extractor(Markers.DEFAULT, Limits.DEFAULT, rules).extract(event, out);
    } catch (IOException e) {
      throw new UncheckedIOException("memory can't be read", e);
    }
    List<String> records = new ArrayList<>();
    for (int i = 0; i < out.records().count(); i++) {
      byte[] record =
          Arrays.copyOfRange(out.records().bytes(), out.records().from(i), out.records().to(i));
      records.add(new String(record, StandardCharsets.UTF_8));
    }
    return new Outcome(records, out.entries());
  }

  List<String> reasons() {
    return refused.stream().map(entry -> entry.reason().word()).toList();
  }

  List<String> details() {
    return refused.stream().map(Quarantined::detail).toList();
  }

  /** The records, without what completion added to each. */
  List<String> bare() {
    return records.stream()
        .map(
            record ->
                record.replaceFirst(",\"meterTimeInMillis\":" + TIME + "(?=,\"uniqueId\")", ""))
        .map(record -> record.replaceFirst(",\"uniqueId\":\"[0-9a-f]{32}\"}$", "}"))
        .toList();
  }
}
