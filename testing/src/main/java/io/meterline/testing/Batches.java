package io.meterline.testing;

import io.meterline.core.Batch;
import io.meterline.core.BatchId;
import io.meterline.core.BatchPart;
import io.meterline.core.PartLimits;
import io.meterline.core.RecordBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Batches of records that a receiver takes, each with a {@code uniqueId} of its own. */
public final class Batches {
  /** 13 September 2022, 18:35:05.062 UTC: the day in the names of all sample batches. */
  public static final long NEWEST_ARRIVAL = 1_663_094_105_062L;

  private Batches() {}

  /** The stretch that starts at {@code first}. */
  public static BatchId id(int first) {
    return new BatchId(
        "arn:aws:kinesis:eu-west-1:123456789012:stream/usage",
        "shardId-000000000000",
        Integer.toString(first),
        Integer.toString(first + 1000),
        NEWEST_ARRIVAL);
  }

  /** The records {@code first} to {@code first + count - 1}, all in one part. */
  public static Batch of(int first, int count) {
    return of(first, count, PartLimits.NONE);
  }

  public static Batch of(int first, int count, PartLimits limits) {
    return of(id(first), records(first, count), limits);
  }

  public static Batch of(BatchId id, List<String> records, PartLimits limits) {
    RecordBuffer buffer = new RecordBuffer();
    for (String record : records) {
      byte[] text = record.getBytes(StandardCharsets.UTF_8);
      buffer.write(text, 0, text.length);
      buffer.end();
    }
    return new Batch(id, buffer, limits);
  }

  public static List<String> records(int first, int count) {
    return IntStream.range(first, first + count).mapToObj(Batches::record).toList();
  }

  /** The text of one record. */
  public static String record(int number) {
    return "{\"meterApiName\":\"api-calls\",\"customerId\":\"c%d\",\"meterValue\":1,\"meterTimeInMillis\":%d,\"uniqueId\":\"r%d\"}"
        .formatted(number % 3, NEWEST_ARRIVAL + number, number);
  }

  /** The texts of a batch's records. */
  public static List<String> texts(Batch batch) {
    return texts(batch.records(), 0, batch.records().count());
  }

  /** The texts of a part's records. */
  public static List<String> texts(BatchPart part) {
    return texts(part.records(), part.from(), part.to());
  }

  private static List<String> texts(RecordBuffer records, int from, int to) {
    List<String> texts = new ArrayList<>();
    for (int i = from; i < to; i++) {
      int start = records.from(i);
      texts.add(new String(records.bytes(), start, records.to(i) - start, StandardCharsets.UTF_8));
    }
    return texts;
  }
}
