package io.meterline.core.lines;

import io.meterline.core.json.Swar;
import io.meterline.core.record.LocalTimes;
import java.time.DateTimeException;
import java.time.LocalDate;

/**
 * The time that a log line starts with: {@code 2022-09-13T19:21:45.062Z}, with seconds, fraction
 * and zone optional.
 *
 * <p>One serves the lines of a log, most of which start with the same minute as the one before.
 */
final class Iso8601 {
  /** That the line starts with no time. */
  static final long NONE = Long.MIN_VALUE;

  private static final long MILLIS_A_MINUTE = 60_000;
  private static final long MINUTES_A_DAY = 24 * 60;

  /** The length of {@code 2022-09-13T19:21}. */
  private static final int TO_THE_MINUTE = 2 * Long.BYTES;

  private final LocalTimes localTimes;
  private byte[] text = {};
  private int end;
  private int at;

  /** What the last line started with, and the minute that is; {@link #NONE} if it is none. */
  private long firstWord;

  private long secondWord;
  private long minute = NONE;

  /** The zone's offset in the last minute that came without one. */
  private long localOffsetMillis;

  private long localOffsetOf = NONE;
  private boolean local;

  /**
   * @param localTimes how a time without a zone is read
   */
  Iso8601(LocalTimes localTimes) {
    this.localTimes = localTimes;
  }

  /** Whether the last time had no zone. */
  boolean isLocal() {
    return local;
  }

  /** The time at {@code from} in epoch milliseconds, or {@link #NONE}. */
  long parse(byte[] line, int from, int to) {
    if (to - from < TO_THE_MINUTE) {
      return NONE;
    }
    text = line;
    end = to;
    long first = Swar.get(line, from);
    long second = Swar.get(line, from + Long.BYTES);
    if (first != firstWord || second != secondWord) {
      at = from;
      minute = minute();
      firstWord = first;
      secondWord = second;
    }
    at = from + TO_THE_MINUTE;
    return minute == NONE ? NONE : time();
  }

  private long time() {
    int second = take(':') ? digits(2) : 0;
    int millis = second >= 0 && (take('.') || take(',')) ? fraction() : 0;
    int offset = millis >= 0 ? offsetMinutes() : Integer.MIN_VALUE;
    boolean right = second >= 0 && second <= 60 && offset != Integer.MIN_VALUE;
    if (!right || (at < end && isWordByte(text[at]))) {
      return NONE;
    }
    long time = (minute - offset) * MILLIS_A_MINUTE + second * 1000L + millis;
    return local ? time - localOffsetMillis() : time;
  }

  private long localOffsetMillis() {
    if (localOffsetOf != minute) {
      localOffsetMillis = localTimes.offsetMillis(minute);
      localOffsetOf = minute;
    }
    return localOffsetMillis;
  }

  /** The minute in UTC, counted from the epoch. */
  private long minute() {
    int year = digits(4);
    int month = take('-') ? digits(2) : -1;
    int day = take('-') ? digits(2) : -1;
    int hour = take('T') ? digits(2) : -1;
    int ofHour = take(':') ? digits(2) : -1;
    boolean right =
        year >= 0 && month >= 0 && day >= 0 && hour >= 0 && hour < 24 && ofHour >= 0 && ofHour < 60;
    if (!right) {
      return NONE;
    }
    try {
      return LocalDate.of(year, month, day).toEpochDay() * MINUTES_A_DAY + hour * 60L + ofHour;
    } catch (DateTimeException e) {
      return NONE;
    }
  }

  private boolean take(char expected) {
    if (at < end && text[at] == expected) {
      at++;
      return true;
    }
    return false;
  }

  private int digits(int count) {
    int value = 0;
    for (int i = 0; i < count; i++, at++) {
      if (at >= end || !isDigit(text[at])) {
        return -1;
      }
      value = value * 10 + text[at] - '0';
    }
    return value;
  }

  /** The milliseconds of a fraction of any length, what is finer cut off. */
  private int fraction() {
    int value = 0;
    int digits = 0;
    for (; at < end && isDigit(text[at]); at++, digits++) {
      if (digits < 3) {
        value = value * 10 + text[at] - '0';
      }
    }
    for (int i = digits; i < 3; i++) {
      value *= 10;
    }
    return digits == 0 ? -1 : value;
  }

  private int offsetMinutes() {
    local = false;
    if (take('Z')) {
      return 0;
    }
    if (at == end || (text[at] != '+' && text[at] != '-')) {
      local = true;
      return 0;
    }
    int sign = text[at++] == '-' ? -1 : 1;
    int hours = digits(2);
    int minutes = hours >= 0 && (take(':') || (at < end && isDigit(text[at]))) ? digits(2) : 0;
    return hours < 0 || minutes < 0 ? Integer.MIN_VALUE : sign * (hours * 60 + minutes);
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  private static boolean isWordByte(byte b) {
    return isDigit(b) || (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z');
  }
}
