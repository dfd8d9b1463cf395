package io.meterline.ledger.store;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import org.duckdb.DuckDBDriver;

/** The ledger's file, opened: by one process at a time. */
public final class Database implements AutoCloseable {
  private final Path file;
  private final Sql sql;

  private Database(Path file, Sql sql) {
    this.file = file;
    this.sql = sql;
  }

  /**
   * Opens the file, or makes it.
   *
   * @param memory the most that DuckDB may use, such as {@code 400MB}
   */
  public static Database open(Path file, String memory, int threads) throws LedgerException {
    return open(file, memory, threads, Schema.NEWEST);
  }

  static Database open(Path file, String memory, int threads, int format) throws LedgerException {
    requireNonNull(file, "file is null");
    Path path = file.toAbsolutePath().normalize();
    try {
      Files.createDirectories(requireNonNull(path.getParent(), "the root is not a file"));
      Sql sql = connect(path, memory, threads);
      try {
        Schema.migrate(sql, path, format);
        return new Database(path, sql);
      } catch (SQLException | LedgerException e) {
        sql.close();
        throw e;
      }
    } catch (SQLException e) {
      throw explained(path, e);
    } catch (LedgerException e) {
      throw e;
    } catch (IOException e) {
      throw new LedgerException(path + ": the ledger can't be opened: " + e.getMessage(), e);
    }
  }

  private static Sql connect(Path path, String memory, int threads) throws SQLException {
    Properties settings = new Properties();
    settings.setProperty("memory_limit", memory);
    settings.setProperty("threads", Integer.toString(threads));
    // The file is all there is to it: nothing is fetched from anywhere.
    settings.setProperty("autoinstall_known_extensions", "false");
    settings.setProperty("autoload_known_extensions", "false");
    settings.setProperty("preserve_insertion_order", "true");
    DriverManager.registerDriver(new DuckDBDriver());
    Sql sql = new Sql(DriverManager.getConnection("jdbc:duckdb:" + path, settings));
    NativeLibrary.forgetFile();
    return sql;
  }

  private static LedgerException explained(Path file, SQLException failure) {
    String words = String.valueOf(failure.getMessage());
    if (words.contains("Could not set lock")) {
      return new LedgerInUse(
          file + ": another process has this ledger open: wait until it ends, or end it", failure);
    }
    if (words.contains("not a valid DuckDB database file")) {
      return new LedgerException(file + ": not a ledger: " + words, failure);
    }
    return new LedgerException(file + ": the ledger can't be opened: " + words, failure);
  }

  public Path file() {
    return file;
  }

  /** The version of the file's tables. */
  public int format() {
    return Schema.NEWEST;
  }

  /** The connection that writes. */
  public Sql writer() {
    return sql;
  }

  /** A connection for one question. */
  public Sql reader() throws SQLException {
    return sql.another(TextBound.ofHeap());
  }

  @Override
  public void close() throws SQLException {
    sql.close();
  }
}
