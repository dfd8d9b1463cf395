package io.meterline.core.input;

import static io.meterline.core.input.Samples.directEvent;
import static io.meterline.core.input.Samples.gzip;
import static io.meterline.core.input.Samples.joined;
import static io.meterline.core.input.Samples.kinesisEvent;
import static io.meterline.core.input.Samples.lines;
import static io.meterline.core.input.Samples.message;
import static io.meterline.core.input.Samples.payload;
import static io.meterline.core.input.Samples.records;
import static io.meterline.core.input.Samples.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.meterline.core.Limits;
import io.meterline.core.Origin;
import io.meterline.core.event.SmallReads;
import io.meterline.core.find.Markers;
import io.meterline.core.lines.LineContext;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class SourcesTest {
  private static final byte[] PAYLOAD = payload(message(0), message(1));
  private static final byte[] MORE = payload(message(2));

  /** The same three records in every form. */
  static Stream<Arguments> forms() {
    byte[] kinesis = kinesisEvent(gzip(PAYLOAD), MORE);
    byte[] direct = joined(directEvent(gzip(PAYLOAD)), directEvent(MORE));
    byte[] bare = joined(PAYLOAD, MORE);
    byte[] members = joined(gzip(PAYLOAD), gzip(MORE));
    byte[] plain = utf8(lines(0, 3));
    return Stream.of(
            inAllWays("Kinesis event", kinesis, InputFormat.KINESIS),
            inAllWays("direct events", direct, InputFormat.LOGS),
            inAllWays("direct events", direct, InputFormat.KINESIS),
            inAllWays("payloads", bare, InputFormat.LOGS),
            inAllWays("gzip payloads", members, InputFormat.LOGS),
            inAllWays("lines", plain, InputFormat.LINES))
        .flatMap(ways -> ways);
  }

  private static Stream<Arguments> inAllWays(String name, byte[] input, InputFormat form) {
    byte[] zipped = gzip(input);
    return Stream.of(
        Arguments.of(name, input, form),
        Arguments.of(name, input, InputFormat.AUTO),
        Arguments.of(name + ", gzip", zipped, form),
        Arguments.of(name + ", gzip", zipped, InputFormat.AUTO));
  }

  @ParameterizedTest(name = "{0} as {2}")
  @MethodSource("forms")
  void everyFormHoldsTheSameRecords(String name, byte[] input, InputFormat form)
      throws IOException {
    for (int most : new int[] {1, 3, 1_000, 1_000_000}) {
      Found found = found(input, most, form);
      assertThat(found.records()).as(name).isEqualTo(records(0, 3));
      assertThat(found.refused()).isEmpty();
    }
  }

  @Test
  void gzipLinesOfSeveralMembersAreLines() throws IOException {
    byte[] input = joined(gzip(utf8(lines(0, 1))), gzip(utf8(lines(1, 3))));
    assertThat(found(input, 100, InputFormat.AUTO).records()).isEqualTo(records(0, 3));
    assertThat(found(input, 100, InputFormat.LINES).records()).isEqualTo(records(0, 3));
  }

  @Test
  void gzipInsideGzipIsOpened() throws IOException {
    byte[] input = gzip(gzip(utf8(lines(0, 3))));
    assertThat(found(input, 100, InputFormat.AUTO).records()).isEqualTo(records(0, 3));
  }

  @Test
  void gzipInEndlessLayersIsNotOpenedForever() throws IOException {
    byte[] input = utf8(lines(0, 3));
    for (int i = 0; i < 6; i++) {
      input = gzip(input);
    }
    Found found = found(input, 100, InputFormat.AUTO);
    assertThat(found.records()).isEmpty();
    assertThat(found.reasons()).containsExactly("undecodable-payload");
  }

  @Test
  void gzipThatTellsNothingIsAPayload() throws IOException {
    Found found = found(Arrays.copyOf(gzip(new byte[0]), 12), 100, InputFormat.AUTO);
    assertThat(found.counts()).isEqualTo("payloads=1 events=0 control=0");
    assertThat(found.reasons()).containsExactly("undecodable-payload");
  }

  @Test
  void anEmptyFileThatWasCompressedIsALogWithoutLines() throws IOException {
    Found log = found(gzip(new byte[0]), 100, InputFormat.AUTO);
    assertThat(log.counts()).isEqualTo("payloads=0 events=0 control=0");
    assertThat(log.reasons()).isEmpty();
    Found payload = found(gzip(new byte[0]), 100, InputFormat.LOGS);
    assertThat(payload.reasons()).containsExactly("undecodable-payload");
  }

  @Test
  void linesOfJsonAreLines() throws IOException {
    String line = "{\"level\":\"INFO\",\"message\":%s}\n";
    String log = line.formatted(Samples.quoted(message(0))) + line.formatted("\"all good\"");
    Found found = found(utf8(log), 100, InputFormat.AUTO);
    assertThat(found.records()).isEqualTo(records(0, 1));
    assertThat(found.counts()).isEqualTo("payloads=0 events=2 control=0");
  }

  @Test
  void anEventForcedToBeLinesIsOneLine() throws IOException {
    Found found = found(kinesisEvent(PAYLOAD), 100, InputFormat.LINES);
    assertThat(found.records()).isEmpty();
    assertThat(found.counts()).isEqualTo("payloads=0 events=1 control=0");
  }

  @Test
  void linesForcedToBeAnEventAreAnError() {
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> found(utf8(lines(0, 3)), 100, InputFormat.KINESIS))
        .withMessage("byte 0: the event is broken: an event in JSON is expected");
  }

  @Test
  void linesForcedToBePayloadsAreQuarantined() throws IOException {
    Found found = found(utf8(lines(0, 3)), 100, InputFormat.LOGS);
    assertThat(found.records()).isEmpty();
    assertThat(found.reasons()).containsExactly("undecodable-payload");
  }

  @Test
  void aControlMessageIsCountedAndSkipped() throws IOException {
    String control =
        "{\"messageType\":\"CONTROL_MESSAGE\",\"owner\":\"CloudwatchLogs\",\"logGroup\":\"\",\"logStream\":\"\",\"logEvents\":[{\"id\":\"\",\"timestamp\":1,\"message\":\"CWL CONTROL MESSAGE: meter_record_for_stream {}\"}]}";
    Found found = found(kinesisEvent(gzip(utf8(control)), PAYLOAD), 100, InputFormat.AUTO);
    assertThat(found.records()).isEqualTo(records(0, 2));
    assertThat(found.refused()).isEmpty();
    assertThat(found.counts()).isEqualTo("payloads=2 events=2 control=1");
  }

  @Test
  void oneBadRecordOfAnEventIsOneBadRecord() throws IOException {
    String event =
        "{\"Records\":[%s,%s,{\"kinesis\":{}},%s]}"
            .formatted(
                Samples.kinesisRecord(1, Samples.base64(PAYLOAD)),
                Samples.kinesisRecord(2, "!!"),
                Samples.kinesisRecord(3, Samples.base64(MORE)));
    Found found = found(utf8(event), 100, InputFormat.AUTO);
    assertThat(found.records()).isEqualTo(records(0, 3));
    assertThat(found.counts()).startsWith("payloads=4");
    assertThat(found.reasons()).containsExactly("undecodable-payload", "undecodable-payload");
    assertThat(found.refused().get(0)).contains("\"sequenceNumber\":\"2\"", "not base64");
    assertThat(found.refused().get(1)).contains("no data in this element");
  }

  private static Found found(byte[] input, int most, InputFormat form) throws IOException {
    LineContext lines = new LineContext(Origin.UNKNOWN, "test", null);
    Sources sources = new Sources(Markers.DEFAULT, Limits.DEFAULT);
    return Found.in(sources.open(new SmallReads(input, most), form, lines));
  }
}
