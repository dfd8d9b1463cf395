package io.meterline.core.find;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.core.Limits;
import io.meterline.core.Origin;
import io.meterline.core.Quarantined.BadRecord;
import io.meterline.core.Reason;
import io.meterline.core.record.LogEvent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LongMessageTest {
  private final Findings extraction = new Findings();

  @Test
  void ofALongMessageOnlyTheFirstEntryHoldsAll() {
    String message = ("meter_record_for_stream {\"bad\":1} " + "-".repeat(100)).repeat(1000);
    extract(message);

    assertThat(extraction.entries()).hasSize(1000);
    assertThat(text(0)).isEqualTo(message);
    assertThat(text(999)).isEqualTo(message.substring(999 * message.length() / 1000));
    long written = extraction.entries().stream().mapToLong(entry -> entry.toJson().length).sum();
    assertThat(written).isLessThan(3L * 1024 * 1024);
  }

  @Test
  void ofAShortMessageEachEntryHoldsAll() {
    String message = "meter_record_for_stream {\"bad\":1} ".repeat(3);
    extract(message);

    assertThat(extraction.entries()).hasSize(3);
    assertThat(List.of(text(0), text(1), text(2))).containsOnly(message);
  }

  @Test
  void whiteSpaceBehindTheMarkerMayBeEscapedAsItsLineIs() {
    extract(
        """
        {"message":"meter_record_for_stream\\n\\t{\\"meterApiName\\":\\"m\\",\\"customerId\\":\\"c\\",\\"meterValue\\":1,\\"meterTimeInMillis\\":5,\\"uniqueId\\":\\"u\\"}"}""");

    assertThat(extraction.entries()).isEmpty();
    assertThat(extraction.recordsFound()).isEqualTo(1);
  }

  @Test
  void aLetterBehindTheMarkerIsNoWhiteSpace() {
    extract("meter_record_for_stream n{\"meterApiName\":\"m\"}");

    assertThat(extraction.entries().getFirst().reason()).isEqualTo(Reason.MALFORMED_JSON);
  }

  private void extract(String message) {
    byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
    LogEvent event =
        new LogEvent().from(Origin.UNKNOWN).plainMessage(bytes, 0, bytes.length).timestamp(1);
    InMemory.read(() -> new Extractor(Markers.DEFAULT, Limits.DEFAULT).extract(event, extraction));
  }

  private String text(int index) {
    return new String(
        ((BadRecord) extraction.entries().get(index)).message(), StandardCharsets.UTF_8);
  }
}
