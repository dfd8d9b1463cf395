package io.meterline.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BatchAnswerReaderTest {
  private static final List<StreamRecord> BATCH =
      Stream.of(10, 20, 30)
          .map(
              number ->
                  new StreamRecord(
                      "shardId-000000000000",
                      new SequenceNumber(BigInteger.valueOf(number)),
                      "key",
                      new byte[0],
                      Cloud.START))
          .toList();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " null ",
        "{}",
        "{\"batchItemFailures\":[]}",
        "{\"batchItemFailures\":null}",
        "{\"other\":[1,{\"a\":2}], \"batchItemFailures\" : [ ] }"
      })
  void emptyAndNullAreSuccess(String answer) {
    assertThat(read(answer)).isEqualTo(new BatchAnswer.Done());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"batchItemFailures\":[{\"itemIdentifier\":\"20\"}]}",
        "{\"batchItemFailures\":[{\"itemIdentifier\":\"30\"},{\"itemIdentifier\":\"20\"}]}",
        "{\"batchItemFailures\":[{\"itemIdentifier\":\"20\"},{\"itemIdentifier\":\"30\"}]}",
        "{ \"batchItemFailures\": [ { \"x\": 1, \"itemIdentifier\" : \"20\" } ] }"
      })
  void theLowestSequenceNumberIsTheCheckpoint(String answer) {
    assertThat(read(answer)).isEqualTo(new BatchAnswer.From(1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"batchItemFailures\":[{\"itemIdentifier\":\"\"}]}",
        "{\"batchItemFailures\":[{\"itemIdentifier\":null}]}",
        "{\"batchItemFailures\":[{\"itemIdentifier\":20}]}",
        "{\"batchItemFailures\":[{\"identifier\":\"20\"}]}",
        "{\"batchItemFailures\":[{}]}",
        "{\"batchItemFailures\":[{\"itemIdentifier\":\"21\"}]}",
        "{\"batchItemFailures\":[{\"itemIdentifier\":\"20\"},{\"itemIdentifier\":\"\"}]}"
      })
  void anEmptyMisnamedOrUnknownIdentifierFailsTheWholeBatch(String answer) {
    assertThat(read(answer)).isInstanceOf(BatchAnswer.Failed.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ok",
        "[]",
        "7",
        "nul",
        "{",
        "{\"batchItemFailures\":[}",
        "{\"batchItemFailures\":[{\"itemIdentifier\":\"20\"}",
        "{\"batchItemFailures\":{}}",
        "{\"batchItemFailures\":[\"20\"]}",
        "{} {}"
      })
  void anAnswerOfAnotherShapeFailsTheWholeBatch(String answer) {
    assertThat(read(answer)).isInstanceOf(BatchAnswer.Failed.class);
  }

  private static BatchAnswer read(String answer) {
    return BatchAnswerReader.read(Cloud.bytes(answer), BATCH);
  }
}
