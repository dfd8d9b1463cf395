package io.meterline.ledger.store;

import static io.meterline.extract.Field.CUSTOMER_ID;
import static io.meterline.extract.Field.DIMENSIONS;
import static io.meterline.extract.Field.UNIQUE_ID;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.meterline.Limits;
import io.meterline.extract.Field;
import io.meterline.extract.RecordReader;
import io.meterline.extract.Refusal;
import io.meterline.ledger.body.BodyReader;
import io.meterline.ledger.body.BrokenBody;
import io.meterline.ledger.body.RecordVisitor;
import io.meterline.ledger.store.SideEntries.Refused;
import io.meterline.ledger.store.SideEntries.Unfit;
import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
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
 * #commit}. Not for several threads.
 */
public final class Intake {
  /** As much of a refused record as is kept. */
  private static final int MOST_TEXT = 64 * 1024;

  private final Sql sql;
  private final InstantSource clock;
  private final int most;
  private final Stage stage;
  private final RowReader rows;
  private final StageWriter writer;
  private final BodyReader bodies;
  private final Objects objects;
  private final SideEntries finishedSide = new SideEntries();
  private final Map<Integer, Tally> tallies = new HashMap<>();

  public Intake(Database database, Limits limits, IntakeBounds bounds, InstantSource clock)
      throws SQLException {
    this.sql = database.writer();
    this.clock = clock;
    this.most = bounds.rows();
    this.stage = new Stage(most + most / 8 + 1);
    this.rows = new RowReader(stage, bounds.names());
    this.writer = new StageWriter(sql, stage);
    this.bodies = new BodyReader(limits);
    this.objects = new Objects(sql);
    rows.load(sql);
  }

  /** What the ledger has of these objects, by name. */
  public Map<String, Objects.Known> known(List<ObjectRef> among) throws SQLException {
    return objects.among(among);
  }

  /**
   * Takes in an object that the ledger does not have. What has become of its records is known when
   * the next {@link #commit} returns.
   *
   * @throws BrokenBody where nothing of it counts; it is in quarantine then
   * @throws IOException where it could not be read; nothing of it counts
   */
  public Tally take(ObjectRef object, InputStream body)
      throws SQLException, IOException, BrokenBody {
    return take(object, body, Tally.counting());
  }

  /** As {@link #take}, with an answer for each record. */
  public Tally answer(ObjectRef object, InputStream body)
      throws SQLException, IOException, BrokenBody {
    return take(object, body, Tally.answering());
  }

  private Tally take(ObjectRef object, InputStream body, Tally tally)
      throws SQLException, IOException, BrokenBody {
    Taking taking = new Taking(object, tally);
    MessageDigest sha256 = sha256();
    try {
      bodies.read(new DigestInputStream(body, sha256), taking);
    } catch (SpillFailure e) {
      undo(taking);
      throw e.cause;
    } catch (BrokenBody e) {
      undo(taking);
      quarantine(object, new Refusal(e.reason(), e.detail()), "");
      throw e;
    } catch (IOException e) {
      undo(taking);
      throw e;
    }
    taking.side.moveTo(finishedSide);
    String hash = HexFormat.of().formatHex(sha256.digest());
    objects.finish(taking.id, object, hash, taking.tally, clock.millis());
    if (taking.spilled || stage.count >= most || finishedSide.isFull()) {
      commit();
    }
    return taking.tally;
  }

  /** Keeps an object aside, by name. */
  public void quarantine(ObjectRef object, Refusal why, String text) {
    finishedSide.add(new Refused(object, -1, why, text, clock.millis()));
  }

  /** Makes all that was taken in last. */
  public void commit() throws SQLException {
    if (stage.count == 0 && finishedSide.isEmpty() && !objects.hasFinished()) {
      return;
    }
    sql.begin();
    try {
      write(stage.count);
      finishedSide.write(sql);
      objects.write();
      sql.commit();
    } catch (SQLException e) {
      reset();
      throw e;
    }
    stage.truncate(0);
    tallies.clear();
    rows.trim();
  }

  private void write(int count) throws SQLException {
    rows.settle(sql);
    writer.write(count, tallies);
  }

  /** After a failure: as if nothing had been taken in since the last commit. */
  private void reset() throws SQLException {
    sql.rollback();
    stage.truncate(0);
    finishedSide.clear();
    tallies.clear();
    objects.reload();
    rows.load(sql);
  }

  private void undo(Taking taking) throws SQLException {
    if (taking.spilled) {
      reset();
    } else {
      stage.truncate(taking.mark);
    }
    tallies.remove(taking.id);
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Carries a failure of the file out through the reading of a body. */
  private static final class SpillFailure extends IOException {
    private static final long serialVersionUID = 1;

    private final transient SQLException cause;

    SpillFailure(SQLException cause) {
      super(cause);
      this.cause = cause;
    }
  }

  /** One object on its way in. */
  private final class Taking implements RecordVisitor {
    private final ObjectRef object;
    private final int id = objects.newId();
    private final Tally tally;
    private final SideEntries side = new SideEntries();
    private int mark = stage.count;
    private boolean spilled;

    Taking(ObjectRef object, Tally tally) {
      this.object = object;
      this.tally = tally;
      tallies.put(id, tally);
    }

    @Override
    public void record(RecordReader record, int position) throws IOException {
      tally.countRecord();
      int added =
          rows.read(
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
        throws IOException {
      tally.countRecord();
      tally.countQuarantined(position);
      String text = new String(bytes, from, Math.min(to - from, MOST_TEXT), UTF_8);
      side.add(new Refused(object, position, why, text, clock.millis()));
      spillIfFull();
    }

    /** An object may be larger than memory: what is there of it is written, and not committed. */
    private void spillIfFull() throws IOException {
      if (stage.count < most && !side.isFull()) {
        return;
      }
      try {
        if (mark > 0 && stage.count >= most) {
          commitOthers();
        }
        if (stage.count >= most || side.isFull()) {
          if (!spilled) {
            commitOthersIfAny();
          }
          sql.begin();
          spilled = true;
          write(stage.count);
          stage.truncate(0);
          side.write(sql);
        }
      } catch (SQLException e) {
        throw new SpillFailure(e);
      }
    }

    private void commitOthersIfAny() throws SQLException {
      if (mark > 0 || objects.hasFinished() || !finishedSide.isEmpty()) {
        commitOthers();
      }
    }

    private void commitOthers() throws SQLException {
      sql.begin();
      write(mark);
      finishedSide.write(sql);
      objects.write();
      sql.commit();
      stage.removeBefore(mark);
      mark = 0;
      tallies.keySet().removeIf(other -> other != id);
    }

    private Unfit unfit(RecordReader record, int position, String meter, String value) {
      return new Unfit(
          id,
          position,
          meter,
          string(record, CUSTOMER_ID),
          record.time(),
          record.has(UNIQUE_ID) ? string(record, UNIQUE_ID) : Stage.NO_ID,
          value,
          record.has(DIMENSIONS) ? text(record, DIMENSIONS) : "{}");
    }

    private String string(RecordReader record, Field field) {
      return DimensionSets.text(
          record.bytes(), record.valueFrom(field) + 1, record.valueTo(field) - 1);
    }

    private String text(RecordReader record, Field field) {
      int from = record.valueFrom(field);
      return new String(record.bytes(), from, record.valueTo(field) - from, UTF_8);
    }
  }
}
