package io.meterline.core.input;

import io.meterline.core.Quarantined;
import io.meterline.core.event.Source;
import io.meterline.core.find.Findings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What a source holds, read to its end. */
public record Found(List<String> records, List<String> refused, String counts) {
  /** Reads the source to its end and closes it. */
  public static Found in(Source source) throws IOException {
    List<String> records = new ArrayList<>();
    Findings out = new Findings();
    try (source) {
      while (source.next(out)) {
        take(out, records);
      }
      take(out, records);
    }
    String counts =
        "payloads=%d events=%d control=%d"
            .formatted(out.payloads(), out.events(), out.controlMessages());
    return new Found(records, out.entries().stream().map(Found::json).toList(), counts);
  }

  public static void take(Findings out, List<String> records) {
    for (int i = 0; i < out.records().count(); i++) {
      int from = out.records().from(i);
      int length = out.records().to(i) - from;
      records.add(new String(out.records().bytes(), from, length, StandardCharsets.UTF_8));
    }
    out.clearRecords();
  }

  private static String json(Quarantined entry) {
    return new String(entry.toJson(), StandardCharsets.UTF_8);
  }

  /** The words of the reasons for which something was refused. */
  public List<String> reasons() {
    return refused.stream().map(entry -> entry.split("\"", 5)[3]).toList();
  }
}
