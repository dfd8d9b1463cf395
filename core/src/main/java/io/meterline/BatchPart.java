package io.meterline;

import java.io.IOException;
import java.io.OutputStream;

/** The records {@code [from, to)} of a batch, which are delivered as one object or message. */
public record BatchPart(BatchId id, int number, RecordBuffer records, int from, int to) {
  /** The 40 hex digits that name it. */
  public String name() {
    return id.name(number);
  }

  public int count() {
    return to - from;
  }

  /** Writes the records as a JSON array without white space. */
  public void writeArray(OutputStream out) throws IOException {
    int start = records.from(from);
    out.write('[');
    out.write(records.bytes(), start, records.to(to - 1) - start);
    out.write(']');
  }

  /** Writes each record on a line of its own. */
  public void writeLines(OutputStream out) throws IOException {
    for (int i = from; i < to; i++) {
      out.write(records.bytes(), records.from(i), records.to(i) - records.from(i));
      out.write('\n');
    }
  }
}
