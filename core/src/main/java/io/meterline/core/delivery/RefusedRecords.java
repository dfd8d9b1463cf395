package io.meterline.core.delivery;

import io.meterline.core.Batch;
import io.meterline.core.BatchId;
import io.meterline.core.Origin;
import io.meterline.core.Quarantine;
import io.meterline.core.Quarantined;
import io.meterline.core.Reason;
import io.meterline.core.RecordBuffer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32;

/** The records of one batch that the receiver refused, and why. */
final class RefusedRecords {
  private static final int DETAIL_CHARACTERS = 500;

  private final Batch batch;
  private final SortedMap<Integer, String> details = new TreeMap<>();

  RefusedRecords(Batch batch) {
    this.batch = batch;
  }

  void add(int record, String detail) {
    String text = detail.strip();
    details.put(
        record,
        text.length() <= DETAIL_CHARACTERS ? text : text.substring(0, DETAIL_CHARACTERS) + "…");
  }

  int count() {
    return details.size();
  }

  /** Why the first of them is refused. */
  String first() {
    return details.firstEntry().getValue();
  }

  /** Puts all of them into quarantine. */
  void keep(Quarantine quarantine) throws IOException {
    BatchId id = batch.id();
    List<Quarantined> entries = new ArrayList<>();
    details.forEach((record, detail) -> entries.add(entry(record, detail)));
    quarantine.keep(id, quarantinePart(), entries);
  }

  private Quarantined entry(int record, String detail) {
    RecordBuffer records = batch.records();
    byte[] text = Arrays.copyOfRange(records.bytes(), records.from(record), records.to(record));
    return new Quarantined.BadRecord(Reason.REFUSED, detail, Origin.UNKNOWN, "", null, text);
  }

  /** A receiver may refuse others when the batch comes again; those are then another part. */
  private int quarantinePart() {
    List<Long> positions = new ArrayList<>(details.size() + 1);
    positions.add(batch.firstRecord());
    details.keySet().forEach(record -> positions.add((long) record));
    var digest = new CRC32();
    digest.update(positions.toString().getBytes(StandardCharsets.US_ASCII));
    return Quarantine.REFUSED_PART + (int) (digest.getValue() & 0x3FFF_FFFF);
  }
}
