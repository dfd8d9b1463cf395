package io.meterline.core.event;

import static io.meterline.core.input.Samples.base64;
import static io.meterline.core.input.Samples.joined;
import static io.meterline.core.input.Samples.kinesisEvent;
import static io.meterline.core.input.Samples.kinesisRecord;
import static io.meterline.core.input.Samples.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.meterline.core.input.Samples;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EventReaderTest {
  private static final byte[] KINESIS = kinesisEvent(utf8("one"), utf8("two"), utf8("three"));
  private static final byte[] DIRECT = Samples.directEvent(utf8("four"));

  @Test
  void theEnvelopesOfAKinesisEventComeInOrder() throws IOException {
    assertThat(payloads(KINESIS)).containsExactly("0:one", "1:two", "2:three");
  }

  @Test
  void aDirectEventIsOneEnvelope() throws IOException {
    assertThat(payloads(DIRECT)).containsExactly(":four");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\n", "\r\n\t "})
  void severalEventsStandOneAfterTheOther(String between) throws IOException {
    byte[] events = joined(KINESIS, utf8(between), DIRECT, utf8(between), KINESIS, utf8(between));
    assertThat(payloads(events))
        .containsExactly("0:one", "1:two", "2:three", ":four", "0:one", "1:two", "2:three");
  }

  @Test
  void everySplitIntoReadsGivesTheSameEnvelopes() throws IOException {
    byte[] events = joined(utf8(" "), KINESIS, utf8("\n"), DIRECT);
    List<String> expected = payloads(events);
    for (int most = 1; most <= events.length; most++) {
      assertThat(payloads(new Window(new SmallReads(events, most), 1 << 20)))
          .as("reads of %d bytes", most)
          .isEqualTo(expected);
    }
  }

  @Test
  void everySplitOfANarrowWindowGivesTheSameEnvelopes() throws IOException {
    byte[] events = joined(KINESIS, KINESIS, KINESIS, DIRECT);
    int longest = kinesisRecord(2, base64(utf8("three"))).length() + 2;
    for (int most = 1; most <= events.length; most += 7) {
      assertThat(payloads(new Window(new SmallReads(events, most), longest))).hasSize(10);
    }
  }

  @Test
  void membersBesideTheEnvelopesArePassedOver() throws IOException {
    String record = kinesisRecord(0, base64(utf8("one")));
    String event =
        "{\"a\":{\"Records\":[{\"data\":\"no\"}]},\"Records\":[%s],\"b\":[1,{}],\"awslogs\":null}"
            .formatted(record);
    assertThat(payloads(utf8(event))).containsExactly("0:one");
  }

  @Test
  void anEventWithoutRecordsInItHasNoEnvelopes() throws IOException {
    assertThat(payloads(utf8("{\"Records\":[]}"))).isEmpty();
  }

  @Test
  void noInputHasNoEnvelopes() throws IOException {
    assertThat(payloads(new byte[0])).isEmpty();
    assertThat(payloads(utf8(" \n"))).isEmpty();
  }

  @Test
  void aTruncatedEventNamesTheByteAndTheRecordAndKeepsWhatStandsBefore() throws IOException {
    byte[] cut = Arrays.copyOf(KINESIS, KINESIS.length - 30);
    EventReader events = new EventReader(new Window(new SmallReads(cut, 100), 1 << 20));
    assertThat(events.next()).isTrue();
    assertThat(events.next()).isTrue();
    assertThat(text(events.envelope())).isEqualTo("1:two");
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(events::next)
        .withMessage(
            "byte %d: the event is broken in Records[2]: the text ends inside the value",
            cut.length);
  }

  @Test
  void anEventCutAnywhereIsAnErrorAndNeverASilentEnd() {
    for (int length = 1; length < KINESIS.length; length++) {
      byte[] cut = Arrays.copyOf(KINESIS, length);
      assertThatExceptionOfType(IOException.class)
          .as("cut at %d", length)
          .isThrownBy(() -> payloads(cut))
          .withMessageStartingWith("byte " + length + ": ");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[1]                    | byte 0: the event is broken: an event in JSON is expected",
        "{\"Records\":[{}x]}    | byte 14: the event is broken in Records[1]: a comma or a closing bracket is expected",
        "{\"Records\":[{},{1}]} | byte 16: the event is broken in Records[1]: a member's name in quotes is expected",
        "{\"Records\" [{}]}     | byte 11: the event is broken: a colon is expected",
        "{\"Records\":[{}]} {}  | byte 19: a JSON object, but neither a Kinesis event (Records) nor a direct event (awslogs)",
        "{\"logEvents\":[]}     | byte 16: a JSON object, but neither a Kinesis event (Records) nor a direct event (awslogs)",
        "{\"Records\":{}}       | byte 14: a JSON object, but neither a Kinesis event (Records) nor a direct event (awslogs)",
        "{\"Records\":[{}]}]    | byte 16: the event is broken: an event in JSON is expected",
      })
  void aBrokenEventSaysWhereAndWhy(String event, String message) {
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> payloads(utf8(event)))
        .withMessage(message);
  }

  @Test
  void anElementLongerThanTheWindowIsAnError() {
    byte[] event = kinesisEvent(utf8("one"), new byte[2_000]);
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> payloads(new Window(new SmallReads(event, 100), 1_000)))
        .withMessageMatching("byte \\d+: one payload is longer than the limit of 1000 bytes");
  }

  private static List<String> payloads(byte[] event) throws IOException {
    return payloads(new Window(event));
  }

  private static List<String> payloads(Window window) throws IOException {
    EventReader events = new EventReader(window);
    List<String> payloads = new ArrayList<>();
    while (events.next()) {
      payloads.add(text(events.envelope()));
    }
    return payloads;
  }

  private static String text(Envelope envelope) {
    String payload = "no data";
    if (envelope.hasData()) {
      Base64Text base64 = new Base64Text();
      assertThat(envelope.decode(base64)).isTrue();
      payload = new String(base64.bytes(), 0, base64.length(), StandardCharsets.UTF_8);
    }
    return envelope.sequenceNumber() + ":" + payload;
  }
}
