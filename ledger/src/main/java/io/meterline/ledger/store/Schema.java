package io.meterline.ledger.store;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

/**
 * The tables of the ledger's file, as the steps in which they came to be. A file of an earlier
 * version gets the steps that it lacks; a released step never changes.
 */
final class Schema {
  /**
   * The tables carry no keys: DuckDB's indexes stay in memory and cost more than the loading. What
   * must be there once is seen to by the one writer, in the transaction that adds it.
   */
  private static final List<List<String>> STEPS =
      List.of(
          List.of(
              "CREATE TABLE ledger (format INTEGER NOT NULL)",
              "CREATE TABLE meter (id INTEGER NOT NULL, name VARCHAR NOT NULL)",
              "CREATE TABLE customer (id INTEGER NOT NULL, name VARCHAR NOT NULL)",
              "CREATE TABLE wide_meter (meter INTEGER NOT NULL)",
              "CREATE TABLE dimension_set (id INTEGER NOT NULL, name VARCHAR NOT NULL)",
              """
              CREATE TABLE dimension (
                dims INTEGER NOT NULL, name VARCHAR NOT NULL, value VARCHAR NOT NULL)""",
              """
              CREATE TABLE object (
                id INTEGER NOT NULL, name VARCHAR NOT NULL, place VARCHAR NOT NULL,
                key VARCHAR NOT NULL, version VARCHAR NOT NULL, sha256 VARCHAR NOT NULL,
                records BIGINT NOT NULL, stored BIGINT NOT NULL, duplicates BIGINT NOT NULL,
                conflicts BIGINT NOT NULL, quarantined BIGINT NOT NULL, loaded_at BIGINT NOT NULL)""",
              """
              CREATE TABLE record (
                time BIGINT NOT NULL, meter INTEGER NOT NULL, customer INTEGER NOT NULL,
                dims INTEGER NOT NULL, value BIGINT, wide HUGEINT, scale TINYINT NOT NULL,
                id_hi BIGINT NOT NULL, id_lo BIGINT NOT NULL, id_text VARCHAR,
                others BIGINT NOT NULL, object INTEGER NOT NULL)""",
              """
              CREATE TABLE conflict (
                object INTEGER NOT NULL, position INTEGER NOT NULL, meter VARCHAR NOT NULL,
                customer VARCHAR NOT NULL, time BIGINT NOT NULL, unique_id VARCHAR,
                value VARCHAR NOT NULL, dimensions VARCHAR NOT NULL, reason VARCHAR NOT NULL,
                detail VARCHAR NOT NULL)""",
              """
              CREATE TABLE quarantine (
                name VARCHAR NOT NULL, place VARCHAR NOT NULL, version VARCHAR NOT NULL,
                position INTEGER NOT NULL, reason VARCHAR NOT NULL,
                detail VARCHAR NOT NULL, text VARCHAR NOT NULL, kept_at BIGINT NOT NULL)"""),
          List.of(
              """
              CREATE TABLE definition (
                meter VARCHAR NOT NULL, aggregation VARCHAR NOT NULL, over VARCHAR, unit VARCHAR)"""),
          List.of(
              "CREATE TABLE place (name VARCHAR NOT NULL)",
              "INSERT INTO place SELECT DISTINCT place FROM object WHERE place <> ''",
              """
              CREATE TABLE undelivered_object (
                name VARCHAR NOT NULL, place VARCHAR NOT NULL, key VARCHAR NOT NULL,
                version VARCHAR NOT NULL, seen_at BIGINT NOT NULL)""",
              """
              CREATE TABLE undelivered (
                name VARCHAR NOT NULL, position INTEGER NOT NULL, reason VARCHAR NOT NULL,
                detail VARCHAR NOT NULL, log_group VARCHAR NOT NULL, log_stream VARCHAR NOT NULL,
                event_id VARCHAR NOT NULL, time BIGINT, text VARCHAR NOT NULL,
                bytes BIGINT NOT NULL)"""));

  static final int NEWEST = STEPS.size();

  private Schema() {}

  /** Brings the file to the newest version. */
  static void migrate(Sql sql, Path file) throws SQLException, LedgerException {
    migrate(sql, file, NEWEST);
  }

  static void migrate(Sql sql, Path file, int target) throws SQLException, LedgerException {
    int format = format(sql, file);
    if (format > target) {
      throw new LedgerException(
          "%s: the ledger has format %d, and this program knows formats up to %d: use a newer one"
              .formatted(file, format, target));
    }
    if (format == target) {
      return;
    }
    sql.begin();
    for (List<String> step : STEPS.subList(format, target)) {
      for (String statement : step) {
        sql.run(statement);
      }
    }
    sql.run("DELETE FROM ledger");
    sql.run("INSERT INTO ledger VALUES (?)", target);
    sql.commit();
  }

  /** The file's version: 0 where it is empty. */
  private static int format(Sql sql, Path file) throws SQLException, LedgerException {
    List<String> tables =
        sql.list("SELECT table_name FROM duckdb_tables()", row -> row.getString(1));
    if (tables.isEmpty()) {
      return 0;
    }
    if (!tables.contains("ledger")) {
      throw new LedgerException(file + ": a DuckDB file, but not a ledger of Meterline");
    }
    return (int) sql.number("SELECT format FROM ledger");
  }
}
