package io.meterline.emitter;

import static java.util.Objects.requireNonNull;

import java.time.InstantSource;
import java.util.function.Supplier;

/**
 * How a {@link MeterLog} writes. Start from {@link #DEFAULT} and change what is to be different:
 *
 * <pre>{@code
 * MeterLog.toStandardOutput(MeterLogOptions.DEFAULT.withOnFailure(OnFailure.DROP));
 * }</pre>
 *
 * @param marker the word in front of each record, which the agent and its subscription filter look
 *     for; printable ASCII without quotes and backslashes
 * @param clock gives each record its {@code meterTimeInMillis}
 * @param ids gives each record its {@code uniqueId}: never the same one twice, from any thread,
 *     since records that are equal count once
 * @param maxLineBytes the longest line that is written; in it, a quote and a backslash count as two
 *     bytes, which they become in a JSON log format
 * @param onFailure what a call does that can't write its record
 */
public record MeterLogOptions(
    String marker,
    InstantSource clock,
    Supplier<String> ids,
    int maxLineBytes,
    OnFailure onFailure) {
  /**
   * Lambda splits what a function logs near 256 KiB (lines of 262,119 characters have been met) and
   * half a record is none. This leaves 12 KB for what Lambda or a logger's layout puts around it.
   */
  private static final int LAMBDA_LINE_BYTES = 250_000;

  /**
   * The marker {@code meter_record_for_stream}, the system's clock, UUIDs of version 7, lines of
   * 250,000 bytes, which a Lambda function's log carries in one piece; failures are thrown.
   */
  public static final MeterLogOptions DEFAULT =
      new MeterLogOptions(
          "meter_record_for_stream",
          InstantSource.system(),
          UuidSource.OF_THIS_PROCESS,
          LAMBDA_LINE_BYTES,
          OnFailure.THROW);

  /** What a call does that can't write its record. */
  public enum OnFailure {
    /** It throws. */
    THROW,
    /**
     * It returns as if nothing were wrong, whatever was thrown; {@link MeterLog#dropped} counts it.
     */
    DROP
  }

  public MeterLogOptions {
    requireNonNull(marker, "marker is null");
    requireNonNull(clock, "clock is null");
    requireNonNull(ids, "ids is null");
    requireNonNull(onFailure, "onFailure is null");
    if (marker.isBlank() || !marker.chars().allMatch(MeterLogOptions::isMarkerCharacter)) {
      throw new IllegalArgumentException(
          "marker '" + marker + "' must be printable ASCII without quotes and backslashes");
    }
    if (maxLineBytes < 1) {
      throw new IllegalArgumentException("maxLineBytes must be 1 or more, not " + maxLineBytes);
    }
  }

  public MeterLogOptions withMarker(String newMarker) {
    return new MeterLogOptions(newMarker, clock, ids, maxLineBytes, onFailure);
  }

  public MeterLogOptions withClock(InstantSource newClock) {
    return new MeterLogOptions(marker, newClock, ids, maxLineBytes, onFailure);
  }

  public MeterLogOptions withIds(Supplier<String> newIds) {
    return new MeterLogOptions(marker, clock, newIds, maxLineBytes, onFailure);
  }

  public MeterLogOptions withMaxLineBytes(int newMaxLineBytes) {
    return new MeterLogOptions(marker, clock, ids, newMaxLineBytes, onFailure);
  }

  public MeterLogOptions withOnFailure(OnFailure newOnFailure) {
    return new MeterLogOptions(marker, clock, ids, maxLineBytes, newOnFailure);
  }

  private static boolean isMarkerCharacter(int c) {
    return c >= ' ' && c < 127 && c != '"' && c != '\\';
  }
}
