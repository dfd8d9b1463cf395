package io.meterline.ledger.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SchemaTest {
  private static final String MEMORY = "100MB";

  @TempDir private Path folder;

  @Test
  void aFileOfTheFirstVersionIsBroughtToTheNewestWithAllItHas() throws Exception {
    Path file = folder.resolve("ledger");
    try (Database first = Database.open(file, MEMORY, 1, 1)) {
      Sql sql = first.writer();
      assertThat(sql.number("SELECT format FROM ledger")).isEqualTo(1);
      sql.run("INSERT INTO meter VALUES (0, 'api-calls')");
      sql.run("INSERT INTO record VALUES (5, 0, 0, 0, 7, NULL, 0, 1, 2, NULL, 0, 0)");
    }
    try (Database newest = Database.open(file, MEMORY, 1)) {
      Sql sql = newest.writer();
      assertThat(sql.number("SELECT format FROM ledger")).isEqualTo(Schema.NEWEST);
      assertThat(sql.number("SELECT value FROM record")).isEqualTo(7);
      assertThat(sql.number("SELECT count(*) FROM definition")).isZero();
    }
  }

  @Test
  void everyVersionHasTheTablesOfTheNewestAfterItsMigration() throws Exception {
    String columns =
        "SELECT table_name || '.' || column_name || ' ' || data_type FROM duckdb_columns()"
            + " WHERE NOT internal ORDER BY ALL";
    Path fresh = folder.resolve("fresh");
    for (int version = 1; version < Schema.NEWEST; version++) {
      Path file = folder.resolve("version-" + version);
      Database.open(file, MEMORY, 1, version).close();
      try (Database migrated = Database.open(file, MEMORY, 1);
          Database newest = Database.open(fresh, MEMORY, 1)) {
        assertThat(migrated.writer().list(columns, row -> row.getString(1)))
            .isEqualTo(newest.writer().list(columns, row -> row.getString(1)));
      }
    }
  }

  @Test
  void aFileOfANewerProgramIsLeftAlone() throws Exception {
    Path file = folder.resolve("ledger");
    try (Database database = Database.open(file, MEMORY, 1)) {
      database.writer().run("UPDATE ledger SET format = 99");
    }
    assertThatThrownBy(() -> Database.open(file, MEMORY, 1))
        .isInstanceOf(LedgerException.class)
        .hasMessageContaining("format 99")
        .hasMessageContaining("use a newer one");
  }

  @Test
  void aDuckDbFileThatIsNoLedgerIsLeftAlone() throws Exception {
    Path file = folder.resolve("other");
    try (Database database = Database.open(file, MEMORY, 1)) {
      database.writer().run("DROP TABLE ledger");
    }
    assertThatThrownBy(() -> Database.open(file, MEMORY, 1))
        .hasMessageContaining("not a ledger of Meterline");
  }
}
