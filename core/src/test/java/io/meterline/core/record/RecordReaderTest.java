package io.meterline.core.record;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.core.Limits;
import io.meterline.core.Reason;
import io.meterline.core.json.JsonCursor;
import org.junit.jupiter.api.Test;

final class RecordReaderTest {
  private static final String FINISHED =
      "{\"meterApiName\":\"m\",\"customerId\":\"c\",\"meterValue\":1,\"meterTimeInMillis\":5}";

  private final RecordReader reader = new RecordReader(Limits.DEFAULT);

  @Test
  void aFinishedRecordMayDoWithoutUniqueId() {
    assertThat(read(FINISHED)).isTrue();
    assertThat(reader.refusal()).isNull();
    assertThat(reader.time()).isEqualTo(5);
    assertThat(reader.has(Field.UNIQUE_ID)).isFalse();
    assertThat(reader.hasOthers()).isFalse();
  }

  @Test
  void aRecordWithoutTimeIsNotFinished() {
    read(FINISHED.replace(",\"meterTimeInMillis\":5", ""));
    assertThat(requireNonNull(reader.refusal()).reason()).isEqualTo(Reason.MISSING_FIELD);
  }

  @Test
  void membersThatTheContractDoesNotNameAreTold() {
    read(FINISHED.replace("}", ",\"region\":\"eu\"}"));
    assertThat(reader.hasOthers()).isTrue();
  }

  @Test
  void textThatEndsEarlyIsNoRecord() {
    assertThat(read(FINISHED.substring(0, 20))).isFalse();
  }

  private boolean read(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    JsonCursor cursor = JsonCursor.strict();
    cursor.reset(bytes, 0, bytes.length);
    return reader.read(cursor);
  }
}
