package io.meterline.ledger.store;

import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

/**
 * DuckDB's write-ahead log, the file {@code .wal} beside the ledger's. It holds what is committed
 * until a checkpoint moves it to the ledger's file. If it is deleted while the ledger is open,
 * DuckDB keeps writing to a file that can't be found again after a crash.
 */
final class WriteAheadLog {
  private static final System.Logger LOG = System.getLogger(WriteAheadLog.class.getName());

  private final Path file;
  private final Sql sql;

  WriteAheadLog(Database database) {
    this.file = Path.of(database.file() + ".wal");
    this.sql = database.writer();
  }

  /**
   * Has all that is committed moved to the ledger's file where the log was deleted: that file needs
   * no log then, and the next commit starts a new one. To be called while nothing is being written.
   */
  void checkpointIfDeleted() throws SQLException {
    // DuckDB itself deletes the log after a checkpoint; it counts as empty then.
    if (Files.exists(file) || isEmpty()) {
      return;
    }
    sql.run("CHECKPOINT");
    LOG.log(
        Level.WARNING,
        file
            + " was deleted while the ledger was open. Nothing is lost: all that was stored is in"
            + " the ledger's file again. Never delete this file; it is part of the ledger");
  }

  private boolean isEmpty() throws SQLException {
    return sql.list(
            "SELECT wal_size FROM pragma_database_size() WHERE database_name = current_database()",
            row -> row.getString(1))
        .equals(List.of("0 bytes"));
  }
}
