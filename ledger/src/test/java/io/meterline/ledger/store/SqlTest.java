package io.meterline.ledger.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.duckdb.DuckDBAppender;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SqlTest {
  @Test
  void whatIsAppendedFirstInATransactionIsRolledBackWithIt(@TempDir Path folder) throws Exception {
    try (Database database = Database.open(folder.resolve("ledger"), "100MB", 1)) {
      Sql sql = database.writer();
      sql.begin();
      try (DuckDBAppender rows = sql.appender("wide_meter")) {
        rows.beginRow().append(1).endRow();
      }
      sql.rollback();
      assertThat(sql.number("SELECT count(*) FROM wide_meter")).isZero();
    }
  }
}
