package io.meterline.core.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.core.Limits;
import io.meterline.core.Origin;
import io.meterline.core.find.Markers;
import io.meterline.core.input.Found;
import io.meterline.core.input.InputFormat;
import io.meterline.core.input.Sources;
import io.meterline.core.lines.LineContext;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Events of the shape that AWS documents: <a
 * href="https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html">Kinesis</a>, <a
 * href="https://docs.aws.amazon.com/lambda/latest/dg/services-cloudwatchlogs.html">CloudWatch
 * Logs</a>, <a
 * href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html">
 * subscription filters</a>.
 */
final class DocumentedEventsTest {
  @ParameterizedTest
  @CsvSource({
    "kinesis-event.json, payloads=2 events=0 control=0, 2",
    "direct-event.json, payloads=1 events=2 control=0, 0",
    "payload.json, payloads=1 events=3 control=0, 0",
    "control-message.json, payloads=1 events=0 control=1, 0",
  })
  void eachIsReadAsWhatItIs(String name, String counts, int refused) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(getClass().getResourceAsStream("/aws/" + name), name)) {
      LineContext lines = new LineContext(Origin.UNKNOWN, name, null);
      Source source =
          new Sources(Markers.DEFAULT, Limits.DEFAULT).open(in, InputFormat.AUTO, lines);
      Found found = Found.in(source);
      assertThat(found.counts()).isEqualTo(counts);
      assertThat(found.records()).isEmpty();
      assertThat(found.reasons()).isEqualTo(Collections.nCopies(refused, "undecodable-payload"));
    }
  }
}
