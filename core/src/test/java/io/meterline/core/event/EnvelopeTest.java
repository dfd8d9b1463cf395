package io.meterline.core.event;

import static io.meterline.core.input.Samples.base64;
import static io.meterline.core.input.Samples.kinesisRecord;
import static io.meterline.core.input.Samples.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.core.input.Samples;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EnvelopeTest {
  @Test
  void aKinesisRecordTellsItsPlaceInTheStream() throws IOException {
    Envelope envelope = element(kinesisRecord(49, base64(utf8("x"))));
    assertThat(envelope.sequenceNumber()).isEqualTo("49");
    assertThat(envelope.shardId()).isEqualTo("shardId-000000000007");
    assertThat(envelope.streamArn()).isEqualTo(Samples.STREAM);
    assertThat(envelope.arrivalMillis()).isEqualTo(1_663_094_105_062L);
  }

  @Test
  void membersMayStandInAnyOrder() throws IOException {
    Envelope envelope =
        element(
            """
            { "eventID" : "shardId-1:7",
              "kinesis" : { "data" : "eA==" , "approximateArrivalTimestamp" : 1.5 , "sequenceNumber" : "7" } }""");
    assertThat(payload(envelope)).contains(utf8("x"));
    assertThat(envelope.sequenceNumber()).isEqualTo("7");
    assertThat(envelope.shardId()).isEqualTo("shardId-1");
    assertThat(envelope.arrivalMillis()).isEqualTo(1_500);
  }

  @Test
  void whatAnEventDoesNotSayIsEmpty() throws IOException {
    Envelope envelope = element("{\"kinesis\":{\"data\":\"eA==\"}}");
    assertThat(envelope.sequenceNumber()).isEmpty();
    assertThat(envelope.shardId()).isEmpty();
    assertThat(envelope.streamArn()).isEmpty();
    assertThat(envelope.arrivalMillis()).isZero();
  }

  @Test
  void nothingOfOneElementIsLeftInTheNext() throws IOException {
    byte[] event =
        utf8("{\"Records\":[" + kinesisRecord(49, "eA==") + ",{\"kinesis\":{\"x\":1}}]}");
    EventReader events = new EventReader(new Window(event));
    events.next();
    events.next();
    assertThat(events.envelope().hasData()).isFalse();
    assertThat(events.envelope().sequenceNumber()).isEmpty();
    assertThat(events.envelope().arrivalMillis()).isZero();
  }

  @Test
  void escapedBase64IsUnescaped() throws IOException {
    // 0xFB 0xFF 0xBE is "+/++" in base64: writers of JSON escape both characters.
    Envelope envelope = element("{\"kinesis\":{\"data\":\"\\u002b\\/\\u002B+\"}}");
    assertThat(payload(envelope)).contains(new byte[] {(byte) 0xFB, (byte) 0xFF, (byte) 0xBE});
    assertThat(new String(envelope.dataText(), StandardCharsets.UTF_8)).isEqualTo("+/++");
  }

  @ParameterizedTest
  @ValueSource(strings = {"!", "eA==x", "e A=", "eA=\\n", "\\ud800"})
  void brokenBase64IsNoPayloadAndIsKeptAsItIs(String data) throws IOException {
    Envelope envelope = element("{\"kinesis\":{\"data\":\"" + data + "\"}}");
    assertThat(envelope.hasData()).isTrue();
    assertThat(payload(envelope)).isEmpty();
  }

  @Test
  void base64WithoutItsPaddingIsRead() throws IOException {
    assertThat(payload(element("{\"kinesis\":{\"data\":\"eA\"}}"))).contains(utf8("x"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "null",
        "7",
        "\"x\"",
        "[{\"data\":\"eA==\"}]",
        "{\"kinesis\":null}",
        "{\"kinesis\":{\"data\":7}}",
        "{\"x\":{\"data\":\"eA==\"}}"
      })
  void anElementWithoutDataIsKeptAsItIs(String element) throws IOException {
    Envelope envelope = element(element);
    assertThat(envelope.hasData()).isFalse();
    assertThat(new String(envelope.elementText(), StandardCharsets.UTF_8)).isEqualTo(element);
  }

  @Test
  void emptyDataIsAnEmptyPayload() throws IOException {
    assertThat(payload(element("{\"kinesis\":{\"data\":\"\"}}"))).contains(new byte[0]);
  }

  private static Optional<byte[]> payload(Envelope envelope) {
    Base64Text base64 = new Base64Text();
    return envelope.decode(base64)
        ? Optional.of(Arrays.copyOf(base64.bytes(), base64.length()))
        : Optional.empty();
  }

  private static Envelope element(String json) throws IOException {
    EventReader events = new EventReader(new Window(utf8("{\"Records\":[" + json + "]}")));
    assertThat(events.next()).isTrue();
    return events.envelope();
  }
}
