package io.meterline.mapping.expression;

import io.meterline.mapping.value.EvaluationException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Times as logs write them, in epoch milliseconds. */
final class Times {
  /** Patterns are written in rules, but may be computed: no more than this are kept. */
  private static final int MOST_PATTERNS = 256;

  /** The longest time and the longest pattern of one, in characters. */
  private static final int MOST_CHARACTERS = 200;

  private final Map<String, DateTimeFormatter> patterns = new ConcurrentHashMap<>();

  /** An ISO-8601 time; UTC where it names no zone. */
  static long millis(String text) {
    bounded(text);
    try {
      return epochMillis(DateTimeFormatter.ISO_DATE_TIME.parse(text), text);
    } catch (DateTimeException e) {
      throw EvaluationException.of("millis('%s'): not an ISO-8601 time".formatted(text));
    }
  }

  /** A time in a pattern of {@link DateTimeFormatter}; UTC where it names no zone. */
  long millis(String text, String pattern) {
    bounded(text);
    bounded(pattern);
    try {
      return epochMillis(formatter(pattern).parse(text), text);
    } catch (DateTimeException e) {
      throw EvaluationException.of(
          "millis('%s', '%s'): the time is not written so".formatted(text, pattern));
    }
  }

  private static void bounded(String text) {
    if (text.length() > MOST_CHARACTERS) {
      throw EvaluationException.of(
          "millis: a time or pattern of %d characters; the limit is %d"
              .formatted(text.length(), MOST_CHARACTERS));
    }
  }

  private static long epochMillis(TemporalAccessor time, String text) {
    if (time.isSupported(ChronoField.INSTANT_SECONDS)) {
      return Instant.from(time).toEpochMilli();
    }
    try {
      return LocalDateTime.from(time).toInstant(ZoneOffset.UTC).toEpochMilli();
    } catch (ArithmeticException e) {
      throw EvaluationException.of("millis('%s'): overflow".formatted(text));
    }
  }

  private DateTimeFormatter formatter(String pattern) {
    DateTimeFormatter known = patterns.get(pattern);
    if (known != null) {
      return known;
    }
    DateTimeFormatter made;
    try {
      // Strict: 31 November is an error and not the 30th. The era is for patterns with yyyy.
      made =
          new DateTimeFormatterBuilder()
              .appendPattern(pattern)
              .parseDefaulting(ChronoField.ERA, 1)
              .toFormatter(Locale.ENGLISH)
              .withResolverStyle(ResolverStyle.STRICT);
    } catch (IllegalArgumentException e) {
      throw EvaluationException.of("millis: '%s' is not a time pattern".formatted(pattern));
    }
    if (patterns.size() < MOST_PATTERNS) {
      patterns.put(pattern, made);
    }
    return made;
  }
}
