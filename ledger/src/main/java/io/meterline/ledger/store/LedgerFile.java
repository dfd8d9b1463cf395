package io.meterline.ledger.store;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/**
 * The ledger's file, and what reads and writes it. After a failed write, or an error after which
 * DuckDB answers nothing more, it is closed and opened anew by the next who needs it: all that is
 * in memory is then what the file says.
 *
 * <p>Readers may be many, and one writes at a time: the caller sees to that.
 */
public final class LedgerFile implements AutoCloseable {
  private static final Duration LEAST_PAUSE = Duration.ofMillis(250);
  private static final Duration MOST_PAUSE = Duration.ofSeconds(4);
  private static final long MOST_WAIT_SECONDS = 2;

  private final Path path;
  private final Opener opener;
  private final @Nullable Object key;
  private final ReentrantReadWriteLock use = new ReentrantReadWriteLock();
  private final Pause afterWrite = new Pause();
  private final Pause afterOpening = new Pause();
  private @Nullable Opened current;
  private volatile boolean broken;

  /** Opens the file. */
  @FunctionalInterface
  public interface Opener {
    Opened open() throws LedgerException, SQLException;
  }

  /** An open file. */
  public record Opened(Database database, LedgerWriter intake) {
    private void close() throws SQLException {
      intake.abandon();
      database.close();
    }
  }

  /** What is asked of the file. */
  @FunctionalInterface
  public interface Question<T> {
    T ask(Sql sql) throws SQLException, IOException;
  }

  private LedgerFile(Path path, Opener opener, Opened opened) throws IOException {
    this.path = path;
    this.opener = opener;
    this.current = opened;
    this.key = key(path);
  }

  /** Opens the file for the first time. */
  public static LedgerFile open(Opener opener) throws IOException, SQLException {
    Opened opened = opener.open();
    return new LedgerFile(opened.database().file(), opener, opened);
  }

  public Path path() {
    return path;
  }

  /** Answers a question; all of its statements see the same rows. */
  public <T> T read(Question<T> question) throws SQLException, IOException {
    Opened opened = enter();
    try (Sql reader = opened.database().reader()) {
      reader.begin();
      return question.ask(reader);
    } catch (SQLException e) {
      throw readFailed(e);
    } finally {
      leave();
    }
  }

  private SQLException readFailed(SQLException e) throws LedgerUnavailable {
    broken |= FileFailure.isFatal(e);
    FileFailure kind = FileFailure.of(e);
    if (kind != FileFailure.OTHER) {
      String advice = kind == FileFailure.MEMORY ? "; ask for less, or ask again" : "; ask again";
      throw new LedgerUnavailable(kind.words() + advice, Duration.ofSeconds(1), e);
    }
    return e;
  }

  /**
   * Begins to write; {@link #leave} ends it.
   *
   * @throws LedgerUnavailable soon after a write that failed, or where the file is another by now
   */
  public Opened write() throws IOException {
    afterWrite.check("nothing was stored; send it again");
    Opened opened = enter();
    try {
      checkPlace();
    } catch (IOException e) {
      leave();
      throw e;
    }
    return opened;
  }

  /** To be called when what was written is committed, and before anybody is told so. */
  public void written() throws IOException {
    checkPlace();
    checkLog();
    afterWrite.over();
  }

  private void checkLog() throws IOException {
    Opened opened = requireNonNull(current, "nothing is open");
    if (!opened.intake().isIdle()) {
      // A write in progress has not been acknowledged; the commit that ends it is checked.
      return;
    }
    try {
      new WriteAheadLog(opened.database()).checkpointIfDeleted();
    } catch (SQLException e) {
      writeFailed(e);
      throw explained("a checkpoint", e);
    }
  }

  /** To be called where a write failed for whatever reason: what is in memory is forgotten. */
  public void writeFailed(Throwable failure) {
    broken = true;
    afterWrite.lengthen(failure);
  }

  /** A failure to write as those who sent something are told of it. */
  public IOException explained(String what, SQLException e) {
    FileFailure kind = FileFailure.of(e);
    return kind == FileFailure.OTHER
        ? new LedgerException("%s: %s failed: %s".formatted(path, what, e.getMessage()), e)
        : new LedgerUnavailable(
            kind.words() + "; nothing of this was stored: send it again", afterWrite.left(), e);
  }

  @SuppressWarnings("LockNotBeforeTry") // What is begun here ends with leave().
  private Opened enter() throws IOException {
    for (int attempt = 0; attempt < 2; attempt++) {
      use.readLock().lock();
      Opened opened = current;
      if (opened != null && !broken) {
        return opened;
      }
      use.readLock().unlock();
      reopen();
    }
    throw busy(null);
  }

  /** Ends what {@link #write} began. */
  public void leave() {
    use.readLock().unlock();
  }

  private void reopen() throws IOException {
    Lock alone = use.writeLock();
    try {
      if (!alone.tryLock(MOST_WAIT_SECONDS, TimeUnit.SECONDS)) {
        throw busy(null);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw busy(e);
    }
    try {
      if (current != null && !broken) {
        return;
      }
      afterOpening.check("ask again");
      closeBroken();
      checkPlace();
      current = opener.open();
      broken = false;
      afterOpening.over();
    } catch (SQLException | LedgerException e) {
      afterOpening.lengthen(e);
      throw new LedgerUnavailable(
          "the ledger's file could not be opened again after a failure; ask again",
          afterOpening.left(),
          e);
    } finally {
      alone.unlock();
    }
  }

  private void closeBroken() {
    Opened old = current;
    current = null;
    if (old != null) {
      try {
        old.close();
      } catch (SQLException e) {
        // It failed before; what counts is whether it can be opened again.
      }
    }
  }

  /** Commits to a file that was deleted would be gone with this process. */
  private void checkPlace() throws IOException {
    if (!Objects.equals(key, key(path))) {
      throw new LedgerUnavailable(
          "the ledger's file was moved, deleted or replaced while it was open: nothing more is"
              + " stored. Put it back, or start the server again",
          Duration.ofMinutes(1),
          null);
    }
  }

  /** What tells the file from every other, or null where it is gone. */
  private static @Nullable Object key(Path path) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
      Object key = attributes.fileKey();
      return key == null ? attributes.creationTime() : key;
    } catch (IOException e) {
      return null;
    }
  }

  private static LedgerUnavailable busy(@Nullable Throwable cause) {
    return new LedgerUnavailable(
        "the ledger's file is being opened again; ask again", Duration.ofSeconds(1), cause);
  }

  /** The version of the file's tables. */
  public int format() {
    return Schema.NEWEST;
  }

  @Override
  public void close() throws SQLException {
    use.writeLock().lock();
    try {
      Opened opened = current;
      current = null;
      broken = true;
      afterOpening.forever();
      if (opened != null) {
        try (Database database = opened.database()) {
          requireNonNull(database, "database is null");
          opened.intake().await();
        }
      }
    } finally {
      use.writeLock().unlock();
    }
  }

  /** A time to wait, which doubles with each failure. */
  private static final class Pause {
    private Duration length = Duration.ZERO;
    private long end;
    private boolean closed;
    private String why = "";

    synchronized void check(String advice) throws LedgerUnavailable {
      if (closed) {
        throw new LedgerUnavailable("the ledger is closed", Duration.ofSeconds(1), null);
      }
      if (!length.isZero() && end - System.nanoTime() > 0) {
        throw new LedgerUnavailable(why + "; " + advice, left(), null);
      }
    }

    synchronized void lengthen(Throwable failure) {
      length =
          length.isZero()
              ? LEAST_PAUSE
              : length.multipliedBy(2).compareTo(MOST_PAUSE) > 0
                  ? MOST_PAUSE
                  : length.multipliedBy(2);
      end = System.nanoTime() + length.toNanos();
      FileFailure kind =
          failure instanceof SQLException sql ? FileFailure.of(sql) : FileFailure.OTHER;
      why = kind == FileFailure.OTHER ? "a write failed just now" : kind.words();
    }

    synchronized Duration left() {
      return Duration.ofNanos(Math.max(1, end - System.nanoTime()));
    }

    synchronized void over() {
      length = Duration.ZERO;
    }

    synchronized void forever() {
      closed = true;
    }
  }
}
