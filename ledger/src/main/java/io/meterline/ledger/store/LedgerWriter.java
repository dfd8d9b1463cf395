package io.meterline.ledger.store;

import io.meterline.core.Digests;
import io.meterline.core.Limits;
import io.meterline.core.Reason;
import io.meterline.core.record.RecordReader;
import io.meterline.core.record.Refusal;
import io.meterline.ledger.body.BodyReader;
import io.meterline.ledger.body.BrokenBody;
import io.meterline.ledger.body.Likeness;
import io.meterline.ledger.store.RejectedRows.Refused;
import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * Takes objects in, each whole or not at all: its name and its records are one transaction.
 *
 * <p>Small objects share a transaction, which ends when enough rows are together or at {@link
 * #commit}. While one is written, the objects of the next are read. Not for several threads.
 */
public final class LedgerWriter {
  /** Why an object is refused that holds something else than meter records. */
  public static final String FOREIGN =
      "not an ingest object: no element or line of it is a JSON object with meterApiName, meterTimeInMillis or meterValue (a log is delivered by 'meterline run')";

  private final Sql sql;
  private final Likeness likeness = new Likeness();
  private final InstantSource clock;
  private final WriterBounds bounds;
  private final RowReader rows;
  private final BodyReader bodies;
  private final LoadedObjects objects;
  private final WriteBehind behind = new WriteBehind();
  private RowBuffer stage;

  /** Empty, or being written. */
  private RowBuffer other;

  private RejectedRows finishedSide = new RejectedRows();
  private Map<Integer, LoadCounts> tallies = new HashMap<>();

  public LedgerWriter(Database database, Limits limits, WriterBounds bounds, InstantSource clock)
      throws SQLException {
    this.sql = database.writer();
    this.clock = clock;
    this.bounds = bounds;
    int most = bounds.rows();
    this.stage = new RowBuffer(most + most / 8 + 1);
    this.other = new RowBuffer(most + most / 8 + 1);
    this.rows = new RowReader(bounds);
    this.bodies = new BodyReader(limits);
    this.objects = new LoadedObjects(sql);
    rows.load(sql);
  }

  /** What the ledger has of these objects, by name. */
  public Map<String, LoadedObjects.Known> known(List<ObjectRef> among) throws SQLException {
    await();
    return objects.among(among);
  }

  /**
   * Takes in an object that the ledger does not have. What has become of its records is known when
   * the next {@link #commit} returns.
   *
   * @throws BrokenBody where nothing of it counts; it is in quarantine then
   * @throws IOException where it could not be read; nothing of it counts
   */
  public LoadCounts take(ObjectRef object, InputStream body)
      throws SQLException, IOException, BrokenBody {
    return take(object, body, LoadCounts.counting());
  }

  /** As {@link #take}, with an answer for each record. */
  public LoadCounts answer(ObjectRef object, InputStream body)
      throws SQLException, IOException, BrokenBody {
    return take(object, body, LoadCounts.answering());
  }

  private LoadCounts take(ObjectRef object, InputStream body, LoadCounts tally)
      throws SQLException, IOException, BrokenBody {
    ObjectLoad taking = new ObjectLoad(this, object, objects.newId(), tally);
    tallies.put(taking.id(), tally);
    MessageDigest sha256 = Digests.sha256();
    try {
      bodies.read(new DigestInputStream(body, sha256), taking);
    } catch (SQLException e) {
      reset(e);
      throw e;
    } catch (BrokenBody e) {
      undo(taking);
      quarantine(object, new Refusal(e.reason(), e.detail()), "");
      throw e;
    } catch (IOException e) {
      undo(taking);
      throw e;
    }
    if (object.isNamedByPlace() && taking.isForeign()) {
      undo(taking);
      quarantine(object, new Refusal(Reason.REFUSED, FOREIGN), "");
      throw new BrokenBody(Reason.REFUSED, FOREIGN);
    }
    taking.side().moveTo(finishedSide);
    tally.readWhole(HexFormat.of().formatHex(sha256.digest()));
    objects.finish(taking.id(), object, tally, clock.millis());
    if (taking.isSpilled() || isFull() || finishedSide.isFull()) {
      orReset(() -> handOver(stage.count));
    }
    return tally;
  }

  /** Keeps an object aside, by name. */
  public void quarantine(ObjectRef object, Refusal why, String text) {
    finishedSide.add(new Refused(object, -1, why, text, clock.millis()));
  }

  /** Makes all that was taken in last. */
  public void commit() throws SQLException {
    if (stage.count > 0 || !finishedSide.isEmpty() || objects.hasFinished()) {
      orReset(() -> handOver(stage.count));
    }
    await();
  }

  /** Waits for what is being written: the connection is free then. */
  public void await() throws SQLException {
    orReset(behind::await);
  }

  /** Whether nothing is being written. */
  boolean isIdle() {
    return behind.isIdle();
  }

  /** Waits for what is being written, whatever becomes of it: the file is to be closed. */
  void abandon() {
    try {
      behind.await();
    } catch (SQLException | RuntimeException e) {
      // The file is opened anew, and says what was written.
    }
  }

  /** Has the first rows and all that is finished written, as one transaction. */
  private void handOver(int count) throws SQLException {
    behind.await();
    sql.begin();
    // The names now: rows that are read meanwhile may use them.
    rows.settle(sql, stage);
    rows.trim();
    RowBuffer full = stage;
    stage = other;
    other = full;
    full.copyTo(stage, count);
    RejectedRows side = finishedSide;
    finishedSide = new RejectedRows();
    Map<Integer, LoadCounts> counted = tallies;
    tallies = new HashMap<>();
    List<LoadedObjects.Row> loaded = objects.takeFinished();
    behind.start(
        () -> {
          new BatchWriter(sql, full).write(count, counted);
          side.write(sql);
          objects.write(loaded);
          sql.commit();
          full.truncate(0);
        });
  }

  private void orReset(WriteBehind.Work work) throws SQLException {
    try {
      work.run();
    } catch (SQLException e) {
      reset(e);
      throw e;
    }
  }

  /** With a full disk, the way back may fail as well. */
  private void reset(SQLException failure) {
    try {
      reset();
    } catch (SQLException e) {
      failure.addSuppressed(e);
    }
  }

  /** After a failure: as if nothing had been taken in since the last commit. */
  private void reset() throws SQLException {
    stage.truncate(0);
    other.truncate(0);
    finishedSide.clear();
    tallies.clear();
    sql.rollback();
    objects.reload();
    rows.load(sql);
  }

  private void undo(ObjectLoad taking) throws SQLException {
    if (taking.isSpilled()) {
      reset();
    } else {
      stage.truncate(taking.mark());
    }
    tallies.remove(taking.id());
  }

  int staged() {
    return stage.count;
  }

  boolean isLikeRecord(byte[] bytes, int from, int to) {
    return likeness.isRecord(bytes, from, to);
  }

  boolean isFull() {
    return stage.count >= bounds.rows() || stage.textBytes() + rows.freshBytes() >= bounds.bytes();
  }

  long now() {
    return clock.millis();
  }

  /** Adds the rows of a record; tells how many. */
  int read(RecordReader record, int object, int position, RowReader.Unfit unfit) {
    return rows.read(record, stage, object, position, unfit);
  }

  /** Has the objects written that came before the one whose rows start at {@code mark}. */
  void commitBefore(int mark, int object) throws SQLException {
    if (mark == 0 && !objects.hasFinished() && finishedSide.isEmpty()) {
      return;
    }
    LoadCounts tally = tallies.remove(object);
    handOver(mark);
    if (tally != null) {
      tallies.put(object, tally);
    }
  }

  /** Writes what there is of the one object that is on its way in, and does not commit it. */
  void spill(RejectedRows side) throws SQLException {
    behind.await();
    sql.begin();
    rows.settle(sql, stage);
    rows.trim();
    new BatchWriter(sql, stage).write(stage.count, tallies);
    stage.truncate(0);
    side.write(sql);
  }
}
