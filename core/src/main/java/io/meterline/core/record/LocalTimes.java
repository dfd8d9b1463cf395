package io.meterline.core.record;

import static java.util.Objects.requireNonNull;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;

/**
 * How times without a zone are read, and whether a record got its time from one. For several
 * threads.
 *
 * <p>Where clocks are set back, a time that comes twice is the first of both; where they are set
 * forward, one that is left out counts on from the hour before, as the clock would have.
 */
public final class LocalTimes {
  private static final long SECONDS_A_MINUTE = 60;

  private final ZoneId zone;
  private final ZoneRules rules;
  private volatile boolean used;

  public LocalTimes(ZoneId zone) {
    this.zone = requireNonNull(zone, "zone is null");
    this.rules = zone.getRules();
  }

  /** Those that are UTC: the same wherever they are read. */
  public static LocalTimes utc() {
    return new LocalTimes(ZoneOffset.UTC);
  }

  /** The zone that they are in. */
  public ZoneId zone() {
    return zone;
  }

  /** How many milliseconds the zone is ahead of UTC in a minute of its own, from 1970 on. */
  public long offsetMillis(long localMinute) {
    LocalDateTime local =
        LocalDateTime.ofEpochSecond(localMinute * SECONDS_A_MINUTE, 0, ZoneOffset.UTC);
    return rules.getOffset(local).getTotalSeconds() * 1000L;
  }

  /** Whether a record got its time from a time without a zone. */
  public boolean areUsed() {
    return used;
  }

  void use() {
    // A look is cheaper than a write that all threads must see.
    if (!used) {
      used = true;
    }
  }
}
