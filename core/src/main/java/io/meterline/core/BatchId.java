package io.meterline.core;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;

/**
 * What a batch is: the stretch of which source. The same stretch read again has the same id, and so
 * its objects have the same names.
 *
 * @param source a stream's ARN, a log group, a file
 * @param shard the shard of a stream; empty for other sources
 * @param first sequence number, event id or offset at which the stretch starts
 * @param last the one at which it ends
 * @param newestArrivalMillis when the newest part of it arrived, in epoch milliseconds; never the
 *     time of reading, where the batch can be read again
 */
public record BatchId(
    String source, String shard, String first, String last, long newestArrivalMillis) {
  /** 160 bits, as the ingest contract's names have. */
  private static final int NAME_BYTES = 20;

  public BatchId {
    requireNonNull(source, "source is null");
    requireNonNull(shard, "shard is null");
    requireNonNull(first, "first is null");
    requireNonNull(last, "last is null");
  }

  /** The day of its newest arrival in UTC, as {@code yyyy-MM-dd}. */
  public String date() {
    return DateTimeFormatter.ISO_LOCAL_DATE.format(
        Instant.ofEpochMilli(newestArrivalMillis).atOffset(ZoneOffset.UTC));
  }

  /** The 40 hex digits that name the part of the batch that goes by {@code part}. */
  String name(String part) {
    MessageDigest sha256 = Digests.sha256();
    for (String word : new String[] {source, shard, first, last, part}) {
      sha256.update(word.getBytes(StandardCharsets.UTF_8));
      sha256.update((byte) 0);
    }
    return HexFormat.of().formatHex(sha256.digest(), 0, NAME_BYTES);
  }
}
