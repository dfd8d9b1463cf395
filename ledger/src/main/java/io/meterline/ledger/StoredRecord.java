package io.meterline.ledger;

import io.meterline.core.json.JsonText;
import io.meterline.ledger.store.RowText;
import io.meterline.ledger.store.Sql;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What a record said of one meter.
 *
 * @param dimensions as a JSON object
 * @param uniqueId empty where the record had none
 * @param object the name of the object that it came in
 */
public record StoredRecord(
    String meter,
    String customer,
    long time,
    BigDecimal value,
    String dimensions,
    String uniqueId,
    String object) {
  private static final Pattern DERIVED_ID = Pattern.compile("[0-9a-f]{32}");

  /** The record as the ingest contract writes it, with its object's name. */
  public String toJson() {
    JsonText json =
        new JsonText()
            .member("meterApiName", meter)
            .member("customerId", customer)
            .literal("meterTimeInMillis", Long.toString(time))
            .literal("meterValue", value.toPlainString())
            .literal("dimensions", dimensions);
    if (!uniqueId.isEmpty()) {
      json.member("uniqueId", uniqueId);
    }
    return new String(json.member("object", object).end(), StandardCharsets.UTF_8);
  }

  static List<StoredRecord> list(Sql sql, RecordQuery query) throws SQLException {
    List<Object> values = new ArrayList<>();
    StringBuilder where = new StringBuilder("r.time >= ? AND r.time < ?");
    values.add(query.from().toEpochMilli());
    values.add(query.to().toEpochMilli());
    if (!query.meter().isEmpty()) {
      where.append(" AND r.meter IN (SELECT id FROM meter WHERE name = ?)");
      values.add(query.meter());
    }
    if (!query.customer().isEmpty()) {
      where.append(" AND r.customer IN (SELECT id FROM customer WHERE name = ?)");
      values.add(query.customer());
    }
    if (!query.text().isEmpty()) {
      where.append(" AND (").append(holding(query.text(), values)).append(')');
    }
    values.add(query.most());
    values.add(query.skip());
    return sql.list(
        """
        SELECT m.name, c.name, r.time, r.value, r.wide, r.scale, d.name, r.id_hi, r.id_lo,
          r.id_text, o.name
        FROM (SELECT *, rowid AS row FROM record r WHERE %s
          ORDER BY time DESC, row DESC LIMIT ? OFFSET ?) r
        JOIN meter m ON m.id = r.meter JOIN customer c ON c.id = r.customer
        JOIN dimension_set d ON d.id = r.dims LEFT JOIN object o ON o.id = r.object
        ORDER BY r.time DESC, r.row DESC"""
            .formatted(where),
        row ->
            new StoredRecord(
                row.getString(1),
                row.getString(2),
                row.getLong(3),
                RowText.value(row, 4, 5, 6),
                row.getString(7),
                RowText.uniqueId(row.getLong(8), row.getLong(9), row.getString(10)),
                String.valueOf(row.getString(11))),
        values.toArray());
  }

  private static String holding(String text, List<Object> values) {
    String sought = text.toLowerCase(Locale.ROOT);
    values.addAll(Collections.nCopies(4, sought));
    String where =
        """
        r.meter IN (SELECT id FROM meter WHERE contains(lower(name), ?))
        OR r.customer IN (SELECT id FROM customer WHERE contains(lower(name), ?))
        OR r.dims IN (SELECT dims FROM dimension WHERE contains(lower(value), ?))
        OR contains(lower(r.id_text), ?)""";
    if (!DERIVED_ID.matcher(text).matches()) {
      return where;
    }
    // Such an id is kept as two numbers.
    values.add(Long.parseUnsignedLong(text, 0, 16, 16));
    values.add(Long.parseUnsignedLong(text, 16, 32, 16));
    return where + " OR (r.id_hi = ? AND r.id_lo = ? AND r.id_text IS NULL)";
  }
}
