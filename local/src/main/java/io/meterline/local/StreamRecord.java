package io.meterline.local;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * A record of a Kinesis data stream. Who reads {@code data} leaves it as it is.
 *
 * @param arrival the approximate arrival timestamp
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record StreamRecord(
    String shardId, SequenceNumber sequence, String partitionKey, byte[] data, Instant arrival) {
  public StreamRecord {
    requireNonNull(shardId, "shardId is null");
    requireNonNull(sequence, "sequence is null");
    requireNonNull(partitionKey, "partitionKey is null");
    requireNonNull(data, "data is null");
    requireNonNull(arrival, "arrival is null");
  }
}
