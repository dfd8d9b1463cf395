package io.meterline.ledger;

import io.meterline.ledger.usage.CsvFields;
import java.util.List;

/**
 * Stored records as CSV: the members of the ingest contract in the contract's order, dimensions as
 * one JSON object, and the object that the record came in.
 */
public final class RecordsCsv {
  private static final String HEADER =
      "meterApiName,customerId,meterTimeInMillis,meterValue,dimensions,uniqueId,object\n";

  private RecordsCsv() {}

  public static String of(List<StoredRecord> records, CsvFields fields) {
    StringBuilder text = new StringBuilder(HEADER);
    for (StoredRecord record : records) {
      fields.text(record.meter(), text);
      text.append(',');
      fields.text(record.customer(), text);
      text.append(',').append(record.time()).append(',');
      text.append(record.value().toPlainString()).append(',');
      fields.text(record.dimensions(), text);
      text.append(',');
      fields.text(record.uniqueId().isEmpty() ? null : record.uniqueId(), text);
      text.append(',');
      fields.text(record.object(), text);
      text.append('\n');
    }
    return text.toString();
  }
}
