package io.meterline.core;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * The records {@code [from, to)} of a batch, which are delivered as one object or message.
 *
 * @param firstRecord the batch's
 */
public record BatchPart(BatchId id, long firstRecord, RecordBuffer records, int from, int to) {
  /**
   * The 40 hex digits that name it: what of which batch it is, and a checksum of that. An object
   * that has this name holds these very records. So a batch that comes again after a setting was
   * changed (other bounds, one more marker) is never taken for the one that is there.
   */
  public String name() {
    int start = records.from(from);
    CRC32C checksum = new CRC32C();
    checksum.update(records.bytes(), start, records.to(to - 1) - start);
    return id.name(
        "%d-%d:%08x".formatted(firstRecord + from, firstRecord + to, checksum.getValue()));
  }

  /** A smaller part of it. */
  public BatchPart between(int smallerFrom, int smallerTo) {
    return new BatchPart(id, firstRecord, records, smallerFrom, smallerTo);
  }

  public int count() {
    return to - from;
  }

  /** The records as a JSON array without white space; not copied where they are all of a batch. */
  public ByteBuffer array() {
    if (from == 0 && to == records.count()) {
      return records.lend();
    }
    byte[] body = slice();
    body[0] = '[';
    body[body.length - 1] = ']';
    return ByteBuffer.wrap(body);
  }

  /** Each record on a line of its own. */
  public ByteBuffer lines() {
    byte[] body = slice();
    int start = records.from(from);
    for (int i = from; i < to; i++) {
      body[records.to(i) - start + 1] = '\n';
    }
    return ByteBuffer.wrap(body, 1, body.length - 1);
  }

  /** The records with a comma between, with room for a byte before and one after. */
  private byte[] slice() {
    return Arrays.copyOfRange(records.bytes(), records.from(from) - 1, records.to(to - 1) + 1);
  }
}
