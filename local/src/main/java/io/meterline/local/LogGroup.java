package io.meterline.local;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** A log group of CloudWatch Logs, with its log streams and subscription filters. */
public final class LogGroup {
  private static final int MAX_PUT_EVENTS = 10_000;
  private static final int MAX_PUT_BYTES = 1024 * 1024;
  private static final Duration OLDEST = Duration.ofDays(14);
  private static final Duration NEWEST = Duration.ofHours(2);
  private static final Duration LONGEST_SPAN = Duration.ofHours(24);

  private final String name;
  private final LogGroupSettings settings;
  private final World world;
  private final EventIds ids;
  private final Map<String, Subscription> subscriptions = new LinkedHashMap<>();
  private final List<StoredLogEvent> events = new ArrayList<>();

  public LogGroup(String name, LogGroupSettings settings, World world) {
    this.name = requireNonNull(name, "name is null");
    this.settings = requireNonNull(settings, "settings is null");
    this.world = requireNonNull(world, "world is null");
    ids = new EventIds(world.random());
  }

  public String name() {
    return name;
  }

  /**
   * Puts events to a log stream, which this creates where it isn't there. Events too old or too far
   * ahead are left out, and the result says which.
   *
   * @throws ServiceException {@code InvalidParameterException} if the call as a whole is not one
   *     that AWS takes: no event, more than 10,000, more than 1 MiB with 26 bytes an event, not in
   *     the order of their timestamps, or spread over more than 24 hours
   */
  public PutLogEventsResult putLogEvents(String logStream, List<InputLogEvent> input) {
    requireNonNull(logStream, "logStream is null");
    check(input);
    Instant now = world.now();
    Instant kept = settings.retention().map(now::minus).orElse(Instant.MIN);
    int tooOld = countBefore(input, now.minus(OLDEST));
    int expired = countBefore(input, kept);
    int tooNew = countBefore(input, now.plus(NEWEST).plusMillis(1));
    List<StoredLogEvent> accepted = new ArrayList<>();
    for (InputLogEvent event : input.subList(Math.min(Math.max(tooOld, expired), tooNew), tooNew)) {
      long timestamp = event.timestamp().toEpochMilli();
      accepted.add(new StoredLogEvent(logStream, ids.next(timestamp), timestamp, event.message()));
    }
    forget(kept);
    events.addAll(accepted);
    if (!accepted.isEmpty()) {
      world.note("logs", "put %d to %s/%s".formatted(accepted.size(), name, logStream));
      subscriptions.values().forEach(subscription -> subscription.take(logStream, accepted));
    }
    return new PutLogEventsResult(
        accepted,
        tooNew < input.size() ? OptionalInt.of(tooNew) : OptionalInt.empty(),
        tooOld > 0 ? OptionalInt.of(tooOld) : OptionalInt.empty(),
        expired > tooOld ? OptionalInt.of(expired) : OptionalInt.empty());
  }

  /**
   * Puts a filter in place of the one of its name, or beside the others.
   *
   * @throws ServiceException {@code LimitExceededException} if there are as many as AWS allows
   */
  public Subscription putSubscriptionFilter(SubscriptionFilter filter) {
    if (!subscriptions.containsKey(filter.name())
        && subscriptions.size() >= settings.subscriptionFilters()) {
      throw ServiceException.of(
          "LimitExceededException",
          "log group %s has %d subscription filters, and no more are allowed"
              .formatted(name, subscriptions.size()));
    }
    Subscription subscription = new Subscription(name, filter, settings, world);
    subscriptions.put(filter.name(), subscription);
    return subscription;
  }

  /** The history: events from {@code start} to before {@code end} that match, oldest first. */
  public List<StoredLogEvent> filterLogEvents(FilterPattern pattern, Instant start, Instant end) {
    return events.stream()
        .filter(event -> event.timestamp() >= start.toEpochMilli())
        .filter(event -> event.timestamp() < end.toEpochMilli())
        .filter(event -> pattern.matches(event.message()))
        .sorted(Comparator.comparing(StoredLogEvent::id))
        .toList();
  }

  private void forget(Instant kept) {
    if (!kept.equals(Instant.MIN)) {
      events.removeIf(event -> event.timestamp() < kept.toEpochMilli());
    }
  }

  private static int countBefore(List<InputLogEvent> input, Instant instant) {
    int count = 0;
    while (count < input.size() && input.get(count).timestamp().isBefore(instant)) {
      count++;
    }
    return count;
  }

  private static void check(List<InputLogEvent> input) {
    if (input.isEmpty() || input.size() > MAX_PUT_EVENTS) {
      throw invalid(
          "%d log events, where 1 to %d are allowed".formatted(input.size(), MAX_PUT_EVENTS));
    }
    long bytes = 0;
    Instant last = Instant.MIN;
    for (InputLogEvent event : input) {
      if (event.message().isEmpty()) {
        throw invalid("a log event has an empty message");
      }
      if (event.timestamp().isBefore(last)) {
        throw invalid("log events are not in the order of their timestamps");
      }
      last = event.timestamp();
      bytes += event.bytes();
    }
    if (bytes > MAX_PUT_BYTES) {
      throw invalid(
          "%d bytes of log events with their overhead, where %d are allowed"
              .formatted(bytes, MAX_PUT_BYTES));
    }
    if (Duration.between(input.getFirst().timestamp(), last).compareTo(LONGEST_SPAN) > 0) {
      throw invalid("log events spread over more than 24 hours");
    }
  }

  private static ServiceException invalid(String message) {
    return ServiceException.of("InvalidParameterException", message);
  }
}
