package io.meterline.ledger.store;

import static io.meterline.core.record.Field.CUSTOMER_ID;
import static io.meterline.core.record.Field.DIMENSIONS;
import static io.meterline.core.record.Field.UNIQUE_ID;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.meterline.core.record.Field;
import io.meterline.core.record.RecordReader;
import io.meterline.core.record.Refusal;
import io.meterline.ledger.body.RecordVisitor;
import io.meterline.ledger.store.RejectedRows.Refused;
import io.meterline.ledger.store.RejectedRows.Unfit;
import java.io.IOException;
import java.sql.SQLException;

/** One object on its way in. */
final class ObjectLoad implements RecordVisitor<SQLException> {
  /** As much of a refused record as is kept. */
  private static final int MOST_TEXT = 64 * 1024;

  private final LedgerWriter intake;
  private final ObjectRef object;
  private final int id;
  private final LoadCounts tally;
  private final RejectedRows side = new RejectedRows();
  private int mark;
  private boolean spilled;
  private boolean likeRecords;

  ObjectLoad(LedgerWriter intake, ObjectRef object, int id, LoadCounts tally) {
    this.intake = intake;
    this.object = object;
    this.id = id;
    this.tally = tally;
    this.mark = intake.staged();
  }

  int id() {
    return id;
  }

  /** Where its rows start among those that are staged. */
  int mark() {
    return mark;
  }

  /** Whether a part of it is written, and not committed. */
  boolean isSpilled() {
    return spilled;
  }

  /** Whether there is something in it, and nothing of that is meant to be a meter record. */
  boolean isForeign() {
    return tally.records() > 0 && !likeRecords;
  }

  /** What of it makes no row. */
  RejectedRows side() {
    return side;
  }

  @Override
  public void record(RecordReader record, int position) throws IOException, SQLException {
    tally.countRecord();
    likeRecords = true;
    int added =
        intake.read(
            record,
            id,
            position,
            (meter, value) -> {
              tally.countUnfit(position);
              side.add(unfit(record, position, meter, value));
            });
    tally.countRows(added);
    spillIfFull();
  }

  @Override
  public void refused(Refusal why, int position, byte[] bytes, int from, int to)
      throws IOException, SQLException {
    tally.countRecord();
    tally.countQuarantined(position);
    likeRecords = likeRecords || intake.isLikeRecord(bytes, from, to);
    String text = new String(bytes, from, Math.min(to - from, MOST_TEXT), UTF_8);
    side.add(new Refused(object, position, why, text, intake.now()));
    spillIfFull();
  }

  /** An object may be larger than memory: what is there of it is written, and not committed. */
  private void spillIfFull() throws SQLException {
    if (!intake.isFull() && !side.isFull()) {
      return;
    }
    if (!spilled) {
      intake.commitBefore(mark, id);
      mark = 0;
    }
    if (intake.isFull() || side.isFull()) {
      intake.spill(side);
      spilled = true;
    }
  }

  private Unfit unfit(RecordReader record, int position, String meter, String value) {
    return new Unfit(
        id,
        position,
        meter,
        string(record, CUSTOMER_ID),
        record.time(),
        record.has(UNIQUE_ID) ? string(record, UNIQUE_ID) : RowBuffer.NO_ID,
        value,
        record.has(DIMENSIONS) ? text(record, DIMENSIONS) : "{}");
  }

  private static String string(RecordReader record, Field field) {
    return DimensionSets.text(
        record.bytes(), record.valueFrom(field) + 1, record.valueTo(field) - 1);
  }

  private static String text(RecordReader record, Field field) {
    int from = record.valueFrom(field);
    return new String(record.bytes(), from, record.valueTo(field) - from, UTF_8);
  }
}
