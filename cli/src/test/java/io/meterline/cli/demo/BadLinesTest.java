package io.meterline.cli.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.core.Limits;
import io.meterline.core.Origin;
import io.meterline.core.find.Extractor;
import io.meterline.core.find.Findings;
import io.meterline.core.find.Markers;
import io.meterline.core.record.LogEvent;
import io.meterline.demo.MeterRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BadLinesTest {
  private final List<String> broken = new ArrayList<>();

  @ParameterizedTest
  @CsvSource({"0, 0", "2, 20", "0.1, 1", "33, 330", "100, 1000"})
  void theShareOfBadLinesIsExact(double percent, int expected) {
    BadLines lines = new BadLines(percent, broken::add);
    int bad = 0;
    for (int i = 0; i < 1000; i++) {
      MeterRecord record = record("u" + i);
      bad += lines.line(record).equals(record.line()) ? 0 : 1;
    }
    assertThat(bad).isEqualTo(expected);
    assertThat(broken).hasSize(expected).doesNotHaveDuplicates();
  }

  @Test
  void aBadLineIsRefusedInOneOfFourWaysAndKeepsItsId() throws IOException {
    BadLines lines = new BadLines(100, broken::add);
    List<String> reasons = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      String line = lines.line(record("u" + i));
      assertThat(line).contains("\"uniqueId\":\"u%d\"".formatted(i));
      Findings extraction = new Findings();
      byte[] message = line.getBytes(UTF_8);
      LogEvent event =
          new LogEvent()
              .from(Origin.UNKNOWN)
              .plainMessage(message, 0, message.length)
              .id(message, 0, 1)
              .timestamp(5);
      new Extractor(Markers.DEFAULT, Limits.DEFAULT).extract(event, extraction);
      assertThat(extraction.records().isEmpty()).isTrue();
      reasons.add(extraction.entries().getFirst().reason().word());
    }
    assertThat(reasons)
        .containsExactly("missing-field", "wrong-type", "malformed-json", "truncated");
  }

  private static MeterRecord record(String id) {
    String json =
        "{\"meterApiName\":\"m\",\"customerId\":\"c\",\"meterTimeInMillis\":5,\"meterValue\":1.10,\"uniqueId\":\"%s\",\"dimensions\":{\"a\":\"b\"}}"
            .formatted(id);
    return new MeterRecord("meter_record_for_cw " + json, json, id, 5);
  }
}
