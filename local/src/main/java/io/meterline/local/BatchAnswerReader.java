package io.meterline.local;

import io.meterline.core.json.JsonCursor;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Reads {@code {"batchItemFailures":[{"itemIdentifier":"…"}]}} by the rules of <a
 * href="https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-batchfailurereporting.html">
 * partial batch response</a>. An empty or null answer or list is success; an identifier that is
 * empty, null, misnamed or not of the batch fails all of it. AWS doesn't say what an answer is that
 * isn't JSON of this shape: here it fails the batch, so that a mistake shows.
 */
final class BatchAnswerReader {
  private static final int DEPTH = 32;

  private final JsonCursor cursor = JsonCursor.strict();
  private final byte[] json;
  private final List<StreamRecord> batch;
  private int lowest = Integer.MAX_VALUE;
  private Optional<String> wrong = Optional.empty();

  private BatchAnswerReader(byte[] json, List<StreamRecord> batch) {
    this.json = json;
    this.batch = batch;
    cursor.reset(json, 0, json.length);
  }

  static BatchAnswer read(byte[] json, List<StreamRecord> batch) {
    BatchAnswerReader reader = new BatchAnswerReader(json, batch);
    if (reader.cursor.peek() == -1) {
      return new BatchAnswer.Done();
    }
    if (!reader.answer() || reader.cursor.peek() != -1) {
      return new BatchAnswer.Failed("an answer that is not a partial batch response");
    }
    if (reader.wrong.isPresent()) {
      return new BatchAnswer.Failed(reader.wrong.get());
    }
    return reader.lowest == Integer.MAX_VALUE
        ? new BatchAnswer.Done()
        : new BatchAnswer.From(reader.lowest);
  }

  private boolean answer() {
    if (cursor.peek() != '{') {
      return isNull();
    }
    return members(
        name ->
            name.equals("batchItemFailures")
                ? (cursor.peek() == '[' ? items() : isNull())
                : cursor.value(DEPTH));
  }

  private boolean items() {
    for (boolean more = cursor.firstElement(); more; more = cursor.nextElement()) {
      if (cursor.peek() != '{' || !item()) {
        return false;
      }
    }
    return cursor.fault() == JsonCursor.Fault.NONE;
  }

  private boolean item() {
    boolean[] identified = {false};
    boolean right =
        members(
            name -> {
              int start = cursor.peek() == -1 ? json.length : cursor.at();
              if (!cursor.value(DEPTH)) {
                return false;
              }
              if (name.equals("itemIdentifier")) {
                identified[0] = true;
                identify(text(start, cursor.at()));
              }
              return true;
            });
    if (right && !identified[0]) {
      wrong = Optional.of("a batch item failure without itemIdentifier");
    }
    return right;
  }

  private void identify(String value) {
    for (int i = 0; i < batch.size(); i++) {
      if (value.equals("\"" + batch.get(i).sequence() + "\"")) {
        lowest = Math.min(lowest, i);
        return;
      }
    }
    wrong = Optional.of("an itemIdentifier that is not a sequence number of the batch");
  }

  private boolean members(Member reader) {
    for (boolean more = cursor.firstMember(); more; more = cursor.nextMember()) {
      if (!reader.read(cursor.name())) {
        return false;
      }
    }
    return cursor.fault() == JsonCursor.Fault.NONE;
  }

  private boolean isNull() {
    return cursor.peek() == 'n' && cursor.value(0);
  }

  private String text(int from, int to) {
    return new String(json, from, to - from, StandardCharsets.UTF_8);
  }

  private interface Member {
    boolean read(String name);
  }
}
