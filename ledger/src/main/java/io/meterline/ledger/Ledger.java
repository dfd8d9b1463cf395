package io.meterline.ledger;

import io.meterline.Batch;
import io.meterline.BatchPart;
import io.meterline.BodyFormat;
import io.meterline.Delivery;
import io.meterline.MeterSink;
import io.meterline.ObjectLayout;
import io.meterline.PartLimits;
import io.meterline.Reason;
import io.meterline.extract.Refusal;
import io.meterline.ledger.body.BrokenBody;
import io.meterline.ledger.place.ObjectSource;
import io.meterline.ledger.place.PlacedObject;
import io.meterline.ledger.store.Database;
import io.meterline.ledger.store.Intake;
import io.meterline.ledger.store.LedgerException;
import io.meterline.ledger.store.ObjectRef;
import io.meterline.ledger.store.Objects.Known;
import io.meterline.ledger.store.Sql;
import io.meterline.ledger.store.Tally;
import io.meterline.ledger.store.Undelivered;
import io.meterline.ledger.usage.KnownNames;
import io.meterline.ledger.usage.MeterDefinition;
import io.meterline.ledger.usage.Meters;
import io.meterline.ledger.usage.Usage;
import io.meterline.ledger.usage.UsageLimits;
import io.meterline.ledger.usage.UsageQuery;
import io.meterline.ledger.usage.UsageReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Usage in one file: takes meter records in, each once, and answers questions about them.
 *
 * <p>For several threads of one process; one writes at a time, and readers don't wait.
 */
public final class Ledger implements MeterSink, LedgerQuestions {
  private static final int MOST_TEXT = 1024 * 1024;

  private final Database database;
  private final Intake intake;
  private final InstantSource clock;
  private final ReentrantLock writing = new ReentrantLock();

  private Ledger(Database database, Intake intake, InstantSource clock) {
    this.database = database;
    this.intake = intake;
    this.clock = clock;
  }

  /**
   * Opens the ledger, or makes a new one.
   *
   * @throws LedgerException where another process has it open, or the file is something else
   */
  public static Ledger open(Path file, LedgerSettings settings) throws LedgerException {
    Database database = Database.open(file, settings.memory(), settings.threads());
    try {
      return new Ledger(
          database,
          new Intake(database, settings.limits(), settings.bounds(), settings.clock()),
          settings.clock());
    } catch (SQLException e) {
      throw new LedgerException(file + ": the ledger can't be read: " + e.getMessage(), e);
    }
  }

  public Path file() {
    return database.file();
  }

  @Override
  public long bytes() throws IOException {
    return Files.size(database.file());
  }

  /** Loads those objects of a place that it does not have. What is broken is kept aside. */
  public LoadReport load(ObjectSource source, LoadListener listener) throws IOException {
    writing.lock();
    try {
      intake.await();
      Undelivered.notePlace(database.writer(), source.root());
      QuarantineLoading quarantine =
          new QuarantineLoading(database.writer(), clock, source, listener);
      return new Loading(intake, quarantine, source, listener).load();
    } catch (SQLException e) {
      throw new LedgerException(
          "%s: loading from %s failed: %s; what is loaded stays, the next load goes on from there"
              .formatted(database.file(), source.place(), e.getMessage()),
          e);
    } finally {
      writing.unlock();
    }
  }

  /** Takes each part of the batch in as the object that a folder or bucket would have. */
  @Override
  public Delivery deliver(Batch batch) throws IOException {
    Delivery delivery = Delivery.NOTHING;
    writing.lock();
    try {
      for (BatchPart part : batch.parts(PartLimits.NONE)) {
        delivery = delivery.and(Delivery.of(deliver(part)));
      }
      intake.commit();
      return delivery;
    } catch (SQLException e) {
      throw failed("a delivery from " + batch.id().first(), e);
    } finally {
      writing.unlock();
    }
  }

  /**
   * Takes in a body of the ingest contract; tells by position what has become of each record.
   *
   * @param name of this body alone, such as that of a request
   * @throws BrokenBody where nothing of it counts
   */
  public SortedMap<Integer, Tally.Answer> ingest(String name, byte[] body)
      throws IOException, BrokenBody {
    writing.lock();
    try {
      ObjectRef object = new ObjectRef(name, "", name, "");
      try {
        Tally tally = intake.answer(object, new ByteArrayInputStream(body));
        intake.commit();
        return tally.answers();
      } catch (BrokenBody e) {
        intake.commit();
        throw e;
      }
    } catch (SQLException e) {
      throw failed("taking in " + name, e);
    } finally {
      writing.unlock();
    }
  }

  /**
   * Stored rows of a range as their records had them, the newest first.
   *
   * @throws io.meterline.ledger.usage.BadQuery where the meter or the customer was never seen
   */
  public List<StoredRecord> records(RecordQuery query) throws IOException {
    return ask(
        "listing records",
        sql -> {
          KnownNames known = new KnownNames(sql);
          known.checkMeter(query.meter());
          known.checkCustomer(query.customer());
          return StoredRecord.list(sql, query);
        });
  }

  /** Customers in the order of their names, from {@code after} on. */
  public List<String> customers(String after, int most) throws IOException {
    return ask(
        "listing customers",
        sql ->
            sql.list(
                "SELECT name FROM customer WHERE name > ? ORDER BY name LIMIT ?",
                row -> row.getString(1),
                after,
                most));
  }

  private boolean deliver(BatchPart part) throws SQLException, IOException {
    String key = ObjectLayout.CONTRACT.key(part);
    ByteBuffer body = BodyFormat.JSON.body(part);
    String sha256 = Bodies.sha256(stream(body));
    String name = new PlacedObject(key, 0, "").contractName().orElse(key);
    ObjectRef object = new ObjectRef(name, "", key, sha256);
    Known known = intake.known(List.of(object)).get(object.name());
    if (known != null && (known.sha256().equals(sha256) || known.isAside(object))) {
      return false;
    }
    if (known != null && !known.isBroken()) {
      Refusal why = new Refusal(Reason.REFUSED, "the ledger has another content under this name");
      intake.quarantine(object, why, text(body));
      return true;
    }
    try {
      intake.take(object, stream(body));
    } catch (BrokenBody e) {
      // It is in quarantine, and so it is safe.
    }
    return true;
  }

  private static InputStream stream(ByteBuffer body) {
    return new ByteArrayInputStream(
        body.array(), body.arrayOffset() + body.position(), body.remaining());
  }

  @Override
  public Usage usage(UsageQuery query, UsageLimits limits) throws IOException {
    return ask("usage of " + query.meter(), sql -> new UsageReader(sql, limits).read(query));
  }

  @Override
  public List<MeterDefinition> meters() throws IOException {
    return ask("listing meters", sql -> new Meters(sql).all());
  }

  @Override
  public List<String> define(List<MeterDefinition> definitions) throws IOException {
    writing.lock();
    try {
      intake.await();
      new Meters(database.writer()).define(definitions);
    } catch (SQLException e) {
      throw failed("defining meters", e);
    } finally {
      writing.unlock();
    }
    return ask("looking definitions up", sql -> new Meters(sql).doubts(definitions));
  }

  @Override
  public LedgerStatus status() throws IOException {
    return ask("telling the status", sql -> LedgerStatus.read(sql, database.format()));
  }

  /** What is asked of the file, by a connection that reads. */
  interface Question<T> {
    T ask(Sql sql) throws SQLException, IOException;
  }

  <T> T ask(String what, Question<T> question) throws IOException {
    try (Sql reader = database.reader()) {
      // All statements of a question see the same rows, whatever is loaded meanwhile.
      reader.begin();
      return question.ask(reader);
    } catch (SQLException e) {
      throw failed(what, e);
    }
  }

  private static String text(ByteBuffer body) {
    int length = Math.min(body.remaining(), MOST_TEXT);
    return StandardCharsets.UTF_8.decode(body.slice(body.position(), length)).toString();
  }

  private LedgerException failed(String what, SQLException cause) {
    return new LedgerException(
        "%s: %s failed: %s".formatted(database.file(), what, cause.getMessage()), cause);
  }

  @Override
  public void close() throws LedgerException {
    // A write that is under way comes to its end.
    writing.lock();
    try (database) {
      intake.await();
    } catch (SQLException e) {
      throw failed("closing", e);
    } finally {
      writing.unlock();
    }
  }
}
