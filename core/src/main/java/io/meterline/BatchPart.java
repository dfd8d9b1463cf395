package io.meterline;

import java.util.Arrays;

/**
 * The records {@code [from, to)} of a batch, which are delivered as one object or message.
 *
 * @param firstPart the batch's
 */
public record BatchPart(BatchId id, int firstPart, RecordBuffer records, int from, int to) {
  /**
   * The 40 hex digits that name it. Less than a whole batch is named by what of it it is, not by a
   * number: where a sink's bounds were changed before the batch came again, its second part is
   * another one, and must not be taken for the one that is there.
   */
  public String name() {
    boolean whole = from == 0 && to == records.count();
    return whole ? id.name(firstPart) : id.name(firstPart + ":" + from + "-" + to);
  }

  /** A smaller part of it. */
  public BatchPart between(int smallerFrom, int smallerTo) {
    return new BatchPart(id, firstPart, records, smallerFrom, smallerTo);
  }

  public int count() {
    return to - from;
  }

  /** The records as a JSON array without white space. */
  public byte[] array() {
    byte[] body = slice();
    body[0] = '[';
    body[body.length - 1] = ']';
    return body;
  }

  /** Each record on a line of its own. */
  public byte[] lines() {
    byte[] body = slice();
    int start = records.from(from);
    for (int i = from; i < to; i++) {
      body[records.to(i) - start + 1] = '\n';
    }
    return Arrays.copyOfRange(body, 1, body.length);
  }

  /** The records with a comma between, with room for a byte before and one behind. */
  private byte[] slice() {
    int start = records.from(from);
    int length = records.to(to - 1) - start;
    byte[] slice = new byte[length + 2];
    System.arraycopy(records.bytes(), start, slice, 1, length);
    return slice;
  }
}
