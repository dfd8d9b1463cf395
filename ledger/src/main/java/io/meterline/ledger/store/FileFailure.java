package io.meterline.ledger.store;

import java.sql.SQLException;
import java.util.List;
import java.util.Locale;

/** What kind of failure DuckDB reports. Its messages are all there is to tell them apart. */
enum FileFailure {
  /** The disk, or what the process may use of it, is full. */
  DISK_FULL("the ledger's disk is full"),
  /** The file could not be read or written, or DuckDB gave itself up. */
  FILE("the ledger's file can't be used at the moment"),
  /** The question needs more memory than the database may use. */
  MEMORY("the ledger has not enough memory for this at the moment"),
  /** Anything else: the statement, not the file. */
  OTHER("");

  private static final List<String> FULL =
      List.of("no space left", "disk quota exceeded", "file too large");

  private final String words;

  FileFailure(String words) {
    this.words = words;
  }

  static FileFailure of(SQLException failure) {
    String message = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
    if (FULL.stream().anyMatch(message::contains)) {
      return DISK_FULL;
    }
    if (message.contains("out of memory error")) {
      return MEMORY;
    }
    if (message.contains("fatal error")
        || message.contains("has been invalidated")
        || message.contains("io error")
        || message.contains("internal error")
        || message.contains("no transaction is active")
        || message.contains("connection was closed")
        || message.contains("connection is closed")) {
      return FILE;
    }
    return OTHER;
  }

  /** For people, without the file's path. */
  String words() {
    return words;
  }

  /** Whether the database must be opened anew, even if only a question failed. */
  static boolean isFatal(SQLException failure) {
    String message = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
    return message.contains("fatal error")
        || message.contains("has been invalidated")
        || message.contains("internal error");
  }
}
