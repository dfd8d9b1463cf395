package io.meterline.ledger.usage;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.TemporalAdjusters;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The windows of a range in a zone, as numbers that SQL can tell from a record's time.
 *
 * <p>Minutes and hours are told apart by the instant at which they start, so that the hour that
 * comes twice in autumn is two windows; days, weeks and months by the calendar of the zone, so that
 * a day is a day, be it of 23 or 25 hours.
 */
final class Windows {
  private static final long DAY = WindowSize.DAY.leastMillis();

  /** 1970-01-01 was a Thursday. */
  private static final int DAYS_SINCE_MONDAY = 3;

  private final WindowSize size;
  private final ZoneId zone;
  private final ZoneRules rules;
  private final long from;
  private final long to;

  /** The start of the first minute or hour, where all others follow it in equal steps. */
  private final OptionalLong first;

  Windows(WindowSize size, ZoneId zone, Instant from, Instant to) {
    this.size = size;
    this.zone = zone;
    this.rules = zone.getRules();
    this.from = from.toEpochMilli();
    this.to = to.toEpochMilli();
    this.first = areEven() ? OptionalLong.of(startOfStep(this.from)) : OptionalLong.empty();
  }

  /** Whether no change of the offset, if there is any, moves the start of minutes or hours. */
  private boolean areEven() {
    if (size != WindowSize.MINUTE && size != WindowSize.HOUR) {
      return false;
    }
    ZoneOffsetTransition next = rules.nextTransition(Instant.ofEpochMilli(from));
    while (next != null && next.getInstant().toEpochMilli() < to) {
      if (next.getDuration().toMillis() % size.leastMillis() != 0) {
        return false;
      }
      next = rules.nextTransition(next.getInstant());
    }
    return true;
  }

  /** The SQL expression that makes a window's number of a time in epoch milliseconds. */
  String sql(String time) {
    // A day more keeps the first hours of 1970 west of Greenwich from being negative.
    String local = "(%s + %s + %d)".formatted(time, offset(time), DAY);
    String day = "(%s // %d - 1)".formatted(local, DAY);
    return switch (size) {
      case NONE -> "0::BIGINT";
      case MINUTE, HOUR ->
          first.isPresent()
              ? "((%s - %d) // %d)::INTEGER::BIGINT"
                  .formatted(time, first.getAsLong(), size.leastMillis())
              : "%s - %s %% %d".formatted(time, local, size.leastMillis());
      case DAY -> day;
      case WEEK -> "(%s + %d) // 7".formatted(day, DAYS_SINCE_MONDAY);
      case MONTH -> {
        String date = "DATE '1970-01-01' + %s::INTEGER".formatted(day);
        yield "(year(%s) * 12 + month(%s))::BIGINT".formatted(date, date);
      }
    };
  }

  /** The zone's offset in milliseconds: in most ranges one number, or two. */
  private String offset(String time) {
    StringBuilder text = new StringBuilder("CASE");
    Instant start = Instant.ofEpochMilli(from);
    ZoneOffsetTransition next = rules.nextTransition(start);
    while (next != null && next.getInstant().toEpochMilli() < to) {
      text.append(" WHEN ").append(time).append(" < ").append(next.getInstant().toEpochMilli());
      text.append(" THEN ").append(next.getOffsetBefore().getTotalSeconds() * 1000L);
      next = rules.nextTransition(next.getInstant());
    }
    long last = rules.getOffset(Instant.ofEpochMilli(to - 1)).getTotalSeconds() * 1000L;
    return text.length() == "CASE".length() ? Long.toString(last) : text + " ELSE " + last + " END";
  }

  /** When the window of this number starts; null for the whole range. */
  @Nullable ZonedDateTime start(long number) {
    return switch (size) {
      case NONE -> null;
      case MINUTE, HOUR ->
          Instant.ofEpochMilli(
                  first.isPresent() ? first.getAsLong() + number * size.leastMillis() : number)
              .atZone(zone);
      case DAY -> LocalDate.ofEpochDay(number).atStartOfDay(zone);
      case WEEK -> LocalDate.ofEpochDay(number * 7 - DAYS_SINCE_MONDAY).atStartOfDay(zone);
      case MONTH ->
          LocalDate.of((int) ((number - 1) / 12), (int) ((number - 1) % 12) + 1, 1)
              .atStartOfDay(zone);
    };
  }

  /** Whether there are surely more windows than so many. */
  boolean areMoreThan(int most) {
    return size != WindowSize.NONE && (to - from) / size.leastMillis() > most;
  }

  /** The numbers of all windows that the range touches, in the order of time. */
  List<Long> numbers() {
    List<Long> numbers = new ArrayList<>();
    long at = from;
    while (at < to) {
      long number = number(at);
      if (numbers.isEmpty() || numbers.getLast() != number) {
        numbers.add(number);
      }
      at = next(at);
    }
    return numbers;
  }

  private long number(long at) {
    if (size == WindowSize.NONE) {
      return 0;
    }
    LocalDate date = Instant.ofEpochMilli(at).atZone(zone).toLocalDate();
    return switch (size) {
      case NONE -> 0;
      case MINUTE, HOUR ->
          first.isPresent()
              ? (startOfStep(at) - first.getAsLong()) / size.leastMillis()
              : startOfStep(at);
      case DAY -> date.toEpochDay();
      case WEEK -> Math.floorDiv(date.toEpochDay() + DAYS_SINCE_MONDAY, 7L);
      case MONTH -> date.getYear() * 12L + date.getMonthValue();
    };
  }

  /** When the minute or hour of this instant starts. */
  private long startOfStep(long at) {
    long offset = rules.getOffset(Instant.ofEpochMilli(at)).getTotalSeconds() * 1000L;
    return at - Math.floorMod(at + offset, size.leastMillis());
  }

  /** An instant of the next window, or one at which the offset changes. */
  private long next(long at) {
    if (size == WindowSize.NONE) {
      return to;
    }
    LocalDate date = Instant.ofEpochMilli(at).atZone(zone).toLocalDate();
    return switch (size) {
      case NONE, MINUTE, HOUR -> {
        long end = startOfStep(at) + size.leastMillis();
        ZoneOffsetTransition change = rules.nextTransition(Instant.ofEpochMilli(at));
        yield change == null ? end : Math.min(end, change.getInstant().toEpochMilli());
      }
      case DAY -> startOf(date.plusDays(1));
      case WEEK -> startOf(date.with(TemporalAdjusters.next(DayOfWeek.MONDAY)));
      case MONTH -> startOf(date.with(TemporalAdjusters.firstDayOfNextMonth()));
    };
  }

  private long startOf(LocalDate date) {
    return date.atStartOfDay(zone).toInstant().toEpochMilli();
  }
}
