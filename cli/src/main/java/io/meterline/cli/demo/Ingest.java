package io.meterline.cli.demo;

import io.meterline.core.Batch;
import io.meterline.core.BatchId;
import io.meterline.core.Limits;
import io.meterline.core.MeterSink;
import io.meterline.core.PartLimits;
import io.meterline.core.RecordBuffer;
import io.meterline.core.record.RecordReader;
import io.meterline.core.record.Refusal;
import io.meterline.ledger.body.BodyReader;
import io.meterline.ledger.body.BrokenBody;
import io.meterline.ledger.body.RecordVisitor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Stores the records of a body of the ingest contract as an object of the bucket: an array, lines
 * or a single object. A record that equals one that is stored is dropped, a bad one refused. For
 * any number of threads.
 */
final class Ingest {
  /** How many records it remembers; the ledger behind it remembers all. */
  private static final int REMEMBERED = 65_536;

  private final MeterSink bucket;
  private final Map<String, Boolean> known =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
          return size() > REMEMBERED;
        }
      };

  Ingest(MeterSink bucket) {
    this.bucket = bucket;
  }

  /**
   * Stores what is right in a body; why something in it was refused, where it was.
   *
   * @throws IOException where it could not be stored: it is to be sent again
   */
  Optional<String> take(byte[] body) throws IOException {
    Records records = new Records();
    try {
      new BodyReader(Limits.DEFAULT).read(new ByteArrayInputStream(body), records);
    } catch (BrokenBody e) {
      return Optional.of(e.reason().word() + ": " + e.detail());
    }
    List<String> fresh = unknown(records.texts);
    if (!fresh.isEmpty()) {
      bucket.deliver(batch(fresh, records.newestMillis));
      // Not before: a body whose put failed comes again, and must not be taken for one that is
      // there.
      remember(fresh);
    }
    return records.refusal;
  }

  private synchronized List<String> unknown(List<String> texts) {
    return texts.stream().filter(text -> !known.containsKey(text)).distinct().toList();
  }

  private synchronized void remember(List<String> texts) {
    texts.forEach(text -> known.put(text, true));
  }

  /** Named by what it holds: the same body twice at one moment is one object. */
  private static Batch batch(List<String> texts, long newestMillis) {
    RecordBuffer records = new RecordBuffer();
    for (String text : texts) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      records.write(bytes, 0, bytes.length);
      records.end();
    }
    String name =
        UUID.nameUUIDFromBytes(String.join("\n", texts).getBytes(StandardCharsets.UTF_8))
            .toString();
    return new Batch(new BatchId("ingest", "", name, name, newestMillis), records, PartLimits.NONE);
  }

  /** The records of one body. */
  private static final class Records implements RecordVisitor<RuntimeException> {
    private final List<String> texts = new ArrayList<>();
    private Optional<String> refusal = Optional.empty();
    private long newestMillis;

    @Override
    public void record(RecordReader record, int position) {
      int length = record.to() - record.from();
      texts.add(new String(record.bytes(), record.from(), length, StandardCharsets.UTF_8));
      newestMillis = Math.max(newestMillis, record.time());
    }

    @Override
    public void refused(Refusal why, int position, byte[] bytes, int from, int to) {
      if (refusal.isEmpty()) {
        refusal =
            Optional.of("record %d: %s: %s".formatted(position, why.reason().word(), why.detail()));
      }
    }
  }
}
