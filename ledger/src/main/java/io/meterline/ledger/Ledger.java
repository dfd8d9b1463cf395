package io.meterline.ledger;

import io.meterline.core.Batch;
import io.meterline.core.BatchPart;
import io.meterline.core.BodyFormat;
import io.meterline.core.Delivery;
import io.meterline.core.MeterSink;
import io.meterline.core.ObjectLayout;
import io.meterline.core.PartLimits;
import io.meterline.core.Reason;
import io.meterline.core.record.Refusal;
import io.meterline.ledger.body.BrokenBody;
import io.meterline.ledger.place.ObjectSource;
import io.meterline.ledger.place.PlacedObject;
import io.meterline.ledger.store.Database;
import io.meterline.ledger.store.LedgerException;
import io.meterline.ledger.store.LedgerFile;
import io.meterline.ledger.store.LedgerUnavailable;
import io.meterline.ledger.store.LedgerWriter;
import io.meterline.ledger.store.LoadCounts;
import io.meterline.ledger.store.LoadedObjects.Known;
import io.meterline.ledger.store.ObjectRef;
import io.meterline.ledger.store.TooMuchText;
import io.meterline.ledger.usage.BadQuery;
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
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Usage in one file: takes meter records in, each once, and answers questions about them.
 *
 * <p>For several threads of one process; one writes at a time, and readers don't wait. After a
 * failure of the file it is opened anew; what was acknowledged is in it.
 */
public final class Ledger implements MeterSink, LedgerQuestions {
  private static final int MOST_TEXT = 1024 * 1024;

  /** A sender may keep its connection open no longer; it sends again. */
  private static final Duration MOST_WAIT = Duration.ofSeconds(10);

  private final LedgerFile file;

  /** Fair: whoever loads for long gives way to those who wait. */
  private final ReentrantLock writing = new ReentrantLock(true);

  private final InstantSource clock;

  private Ledger(LedgerFile file, InstantSource clock) {
    this.file = file;
    this.clock = clock;
  }

  /** What is done with the file by the one who writes. */
  @FunctionalInterface
  private interface Write<T> {
    T run(LedgerFile.Opened opened) throws SQLException, IOException, BrokenBody;
  }

  /**
   * Opens the ledger, or makes a new one.
   *
   * @throws LedgerException where another process has it open, or the file is something else
   */
  public static Ledger open(Path file, LedgerSettings settings) throws LedgerException {
    try {
      return new Ledger(LedgerFile.open(() -> opened(file, settings)), settings.clock());
    } catch (LedgerException e) {
      throw e;
    } catch (SQLException | IOException e) {
      throw new LedgerException(file + ": the ledger can't be read: " + e.getMessage(), e);
    }
  }

  private static LedgerFile.Opened opened(Path file, LedgerSettings settings)
      throws LedgerException, SQLException {
    Database database = Database.open(file, settings.memory(), settings.threads());
    try {
      return new LedgerFile.Opened(
          database,
          new LedgerWriter(database, settings.limits(), settings.bounds(), settings.clock()));
    } catch (SQLException e) {
      database.close();
      throw e;
    }
  }

  public Path file() {
    return file.path();
  }

  @Override
  public long bytes() throws IOException {
    return Files.size(file.path());
  }

  /**
   * Loads those objects of a place that it does not have. What is broken is put into quarantine.
   */
  public LoadReport load(ObjectSource source, LoadListener listener) throws IOException {
    try {
      WriterTurns turns = new WriterTurns(writing, file);
      QuarantineLoading quarantine = new QuarantineLoading(turns, clock, source, listener);
      return new Loading(turns, quarantine, source, listener).load();
    } catch (SQLException e) {
      throw new LedgerException(
          "%s: loading from %s failed: %s; what is loaded stays loaded, and the next load continues from there"
              .formatted(file.path(), source.place(), e.getMessage()),
          e);
    }
  }

  /** Takes each part of the batch in as the object that a folder or bucket would have. */
  @Override
  public Delivery deliver(Batch batch) throws IOException {
    writing.lock();
    try {
      return write(
          "a delivery from " + batch.id().first(),
          opened -> {
            Delivery delivery = Delivery.NOTHING;
            for (BatchPart part : batch.parts(PartLimits.NONE)) {
              delivery = delivery.and(Delivery.of(deliver(opened.intake(), part)));
            }
            opened.intake().commit();
            return delivery;
          });
    } catch (BrokenBody e) {
      throw new IllegalStateException("a part that is broken is in quarantine", e);
    } finally {
      writing.unlock();
    }
  }

  /**
   * Takes in a body of the ingest contract; tells by position what has become of each record.
   *
   * @param name of this body alone, such as that of a request
   * @throws BrokenBody where nothing of it counts
   * @throws LedgerUnavailable where nothing of it counts now, and it may be sent again
   */
  public SortedMap<Integer, LoadCounts.Answer> ingest(String name, byte[] body)
      throws IOException, BrokenBody {
    awaitTurn();
    try {
      return write(
          "taking in " + name,
          opened -> {
            LedgerWriter intake = opened.intake();
            ObjectRef object = new ObjectRef(name, "", name, "");
            try {
              LoadCounts tally = intake.answer(object, new ByteArrayInputStream(body));
              intake.commit();
              return tally.answers();
            } catch (BrokenBody e) {
              intake.commit();
              throw e;
            }
          });
    } finally {
      writing.unlock();
    }
  }

  /** Writes, when it is this thread's turn. Nothing is acknowledged that the file does not have. */
  private <T> T write(String what, Write<T> write) throws IOException, BrokenBody {
    LedgerFile.Opened opened = file.write();
    try {
      T result = write.run(opened);
      file.written();
      return result;
    } catch (BrokenBody e) {
      file.written();
      throw e;
    } catch (SQLException e) {
      file.writeFailed(e);
      throw file.explained(what, e);
    } catch (IOException e) {
      throw e;
    } catch (RuntimeException | Error e) {
      // It may have ended anywhere, with a part taken in.
      file.writeFailed(e);
      throw e;
    } finally {
      file.leave();
    }
  }

  private void awaitTurn() throws LedgerUnavailable {
    try {
      if (!writing.tryLock(MOST_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new LedgerUnavailable(
            "other writes take long; nothing of this was stored: send it again",
            Duration.ofSeconds(2),
            null);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LedgerUnavailable("the ledger is being closed", Duration.ofSeconds(1), e);
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

  private static boolean deliver(LedgerWriter intake, BatchPart part)
      throws SQLException, IOException {
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
    awaitTurn();
    try {
      write(
          "defining meters",
          opened -> {
            opened.intake().await();
            new Meters(opened.database().writer()).define(definitions);
            return true;
          });
    } catch (BrokenBody e) {
      throw new IllegalStateException("definitions have no body", e);
    } finally {
      writing.unlock();
    }
    return ask("looking definitions up", sql -> new Meters(sql).doubts(definitions));
  }

  @Override
  public LedgerStatus status() throws IOException {
    return ask("telling the status", sql -> LedgerStatus.read(sql, file.format()));
  }

  <T> T ask(String what, LedgerFile.Question<T> question) throws IOException {
    try {
      return file.read(question);
    } catch (TooMuchText e) {
      throw new BadQuery(String.valueOf(e.getMessage()));
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
        "%s: %s failed: %s".formatted(file.path(), what, cause.getMessage()), cause);
  }

  @Override
  public void close() throws LedgerException {
    // A write that is under way comes to its end.
    writing.lock();
    try {
      file.close();
    } catch (SQLException e) {
      throw failed("closing", e);
    } finally {
      writing.unlock();
    }
  }
}
