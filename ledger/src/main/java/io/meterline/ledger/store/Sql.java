package io.meterline.ledger.store;

import static java.util.Objects.requireNonNull;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBChunkedResult;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDataChunkReader;
import org.duckdb.DuckDBPreparedStatement;
import org.jspecify.annotations.Nullable;

/** A connection to the ledger's file, and few words to use it. Not for several threads. */
public final class Sql implements AutoCloseable {
  /** Makes something of the row at which the result is. */
  @FunctionalInterface
  public interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
  }

  /** Takes in some thousand rows of a result, column by column. */
  @FunctionalInterface
  public interface ChunkReader {
    /** Tells whether more rows are wanted. */
    boolean read(DuckDBDataChunkReader rows) throws SQLException;
  }

  private final DuckDBConnection connection;

  /** Of a question; who writes has none. */
  private final @Nullable TextBound bound;

  Sql(Connection connection) throws SQLException {
    this(connection, null);
  }

  private Sql(Connection connection, @Nullable TextBound bound) throws SQLException {
    this.connection = connection.unwrap(DuckDBConnection.class);
    this.bound = bound;
  }

  /** Another connection to the same file, for one question in another thread. */
  Sql another(TextBound most) throws SQLException {
    return new Sql(connection.duplicate(), most);
  }

  /** Runs a statement; tells how many rows it changed. */
  public long run(String sql, @Nullable Object... values) throws SQLException {
    if (values.length == 0) {
      try (Statement statement = connection.createStatement()) {
        statement.execute(sql);
        return Math.max(0, statement.getUpdateCount());
      }
    }
    try (PreparedStatement statement = prepare(sql, values)) {
      return statement.executeUpdate();
    }
  }

  public <T> List<T> list(String sql, RowReader<T> reader, @Nullable Object... values)
      throws SQLException {
    TextBound most = bound;
    if (most == null) {
      return all(sql, reader, values);
    }
    return all(
        counted(sql, most),
        row -> {
          most.count(row);
          return reader.read(row);
        },
        values);
  }

  private String counted(String sql, TextBound most) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(requireNonNull(sql))) {
      return most.counted(sql, requireNonNull(statement.getMetaData()));
    }
  }

  private <T> List<T> all(String sql, RowReader<T> reader, @Nullable Object... values)
      throws SQLException {
    List<T> rows = new ArrayList<>();
    try (PreparedStatement statement = prepare(sql, values);
        ResultSet result = statement.executeQuery()) {
      while (result.next()) {
        rows.add(reader.read(result));
      }
    }
    return rows;
  }

  /** Counts text that a chunk brought. */
  public void count(String text) throws TooMuchText {
    if (bound != null) {
      bound.add(text.length());
    }
  }

  /** Reads a result of many rows: some ten times as fast as row by row. */
  public void chunks(String sql, ChunkReader reader, @Nullable Object... values)
      throws SQLException {
    try (PreparedStatement statement = prepare(sql, values);
        DuckDBChunkedResult result = statement.unwrap(DuckDBPreparedStatement.class).query()) {
      while (result.nextChunk()) {
        if (!reader.read(result.chunk())) {
          return;
        }
      }
    }
  }

  /** The number that a query of one row and column tells; 0 where it tells none. */
  public long number(String sql, @Nullable Object... values) throws SQLException {
    return list(sql, row -> row.getLong(1), values).getFirst();
  }

  public DuckDBAppender appender(String catalog, String table) throws SQLException {
    return connection.createAppender(catalog, "main", table);
  }

  public DuckDBAppender appender(String table) throws SQLException {
    return connection.createAppender(table);
  }

  public void begin() throws SQLException {
    if (connection.getAutoCommit()) {
      connection.setAutoCommit(false);
      // The driver begins a transaction with the first statement, and an appender is none: what is
      // appended before would be committed by itself.
      run("SELECT 1");
    }
  }

  public void commit() throws SQLException {
    connection.commit();
    connection.setAutoCommit(true);
  }

  public void rollback() throws SQLException {
    connection.rollback();
    connection.setAutoCommit(true);
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }

  private PreparedStatement prepare(String sql, @Nullable Object... values) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(requireNonNull(sql));
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
    return statement;
  }
}
