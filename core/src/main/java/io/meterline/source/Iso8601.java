package io.meterline.source;

import java.time.DateTimeException;
import java.time.LocalDate;

/**
 * The time that a log line starts with: {@code 2022-09-13T19:21:45.062Z}, with seconds, fraction
 * and zone optional. A time without a zone is UTC, so that it is the same wherever it is read.
 */
final class Iso8601 {
  /** That the line starts with no time. */
  static final long NONE = Long.MIN_VALUE;

  private static final long MILLIS_A_DAY = 86_400_000;

  private final byte[] text;
  private final int end;
  private int at;

  private Iso8601(byte[] text, int from, int to) {
    this.text = text;
    this.at = from;
    this.end = to;
  }

  /** The time at {@code from} in epoch milliseconds, or {@link #NONE}. */
  static long parse(byte[] text, int from, int to) {
    return new Iso8601(text, from, to).parse();
  }

  private long parse() {
    int year = digits(4);
    int month = take('-') ? digits(2) : -1;
    int day = take('-') ? digits(2) : -1;
    int hour = take('T') ? digits(2) : -1;
    int minute = take(':') ? digits(2) : -1;
    if (year < 0 || month < 0 || day < 0 || hour < 0 || minute < 0) {
      return NONE;
    }
    int second = take(':') ? digits(2) : 0;
    int millis = second >= 0 && (take('.') || take(',')) ? fraction() : 0;
    int offset = millis >= 0 ? offsetMinutes() : Integer.MIN_VALUE;
    boolean right =
        hour < 24 && minute < 60 && second >= 0 && second <= 60 && offset != Integer.MIN_VALUE;
    if (!right || (at < end && isWordByte(text[at]))) {
      return NONE;
    }
    try {
      long days = LocalDate.of(year, month, day).toEpochDay();
      long minutes = hour * 60L + minute - offset;
      return days * MILLIS_A_DAY + (minutes * 60 + second) * 1000 + millis;
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
    if (take('Z') || at == end || (text[at] != '+' && text[at] != '-')) {
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
