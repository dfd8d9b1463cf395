package io.meterline.local;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A subscription filter at work: it gathers matching events by log stream, writes payloads, and
 * delivers them at least once. The delays between tries are its own: from 1 second, doubled to 5
 * minutes.
 */
public final class Subscription {
  private static final Duration RETRIED = Duration.ofHours(24);
  private static final Duration OFF = Duration.ofMinutes(10);
  private static final Duration FIRST_DELAY = Duration.ofMillis(200);
  private static final Duration LONG_DELAY = Duration.ofMinutes(30);
  private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(5));

  private final String logGroup;
  private final SubscriptionFilter filter;
  private final LogGroupSettings settings;
  private final World world;
  private final Map<String, List<StoredLogEvent>> gathered = new HashMap<>();
  private final Set<String> flushes = new HashSet<>();
  private final List<StoredLogEvent> skipped = new ArrayList<>();
  private final List<StoredLogEvent> dropped = new ArrayList<>();
  private Instant offUntil = Instant.MIN;

  Subscription(String logGroup, SubscriptionFilter filter, LogGroupSettings settings, World world) {
    this.logGroup = logGroup;
    this.filter = filter;
    this.settings = settings;
    this.world = world;
    if (filter.destination().checkedByControlMessages()) {
      checkHealth();
    }
  }

  /** Events that matched while the filter was off, or whose delivery turned it off. */
  public List<StoredLogEvent> skipped() {
    return List.copyOf(skipped);
  }

  /** Events given up: after 24 hours of tries, or because one alone is too large. */
  public List<StoredLogEvent> dropped() {
    return List.copyOf(dropped);
  }

  void take(String logStream, List<StoredLogEvent> events) {
    List<StoredLogEvent> matching =
        events.stream().filter(event -> filter.pattern().matches(event.message())).toList();
    if (!matching.isEmpty()) {
      gather(logStream, matching);
    }
  }

  private void gather(String logStream, List<StoredLogEvent> events) {
    gathered.computeIfAbsent(logStream, stream -> new ArrayList<>()).addAll(events);
    if (flushes.add(logStream)) {
      Duration delay = world.between(min(FIRST_DELAY, settings.payloadDelay()), delay());
      world.timeline().after(delay, () -> flush(logStream));
    }
  }

  private Duration delay() {
    return world.happens(Fault.DELIVERY_DELAYED, "delivery of " + filter.name())
        ? LONG_DELAY
        : settings.payloadDelay();
  }

  private void flush(String logStream) {
    flushes.remove(logStream);
    List<StoredLogEvent> events = gathered.getOrDefault(logStream, List.of());
    gathered.remove(logStream);
    List<StoredLogEvent> payload = new ArrayList<>();
    int bytes = 0;
    for (StoredLogEvent event : events) {
      if (!payload.isEmpty()
          && (payload.size() == settings.payloadEvents()
              || bytes + event.bytes() > settings.payloadBytes())) {
        deliver(logStream, payload);
        payload = new ArrayList<>();
        bytes = 0;
      }
      payload.add(event);
      bytes += event.bytes();
    }
    deliver(logStream, payload);
  }

  private void deliver(String logStream, List<StoredLogEvent> events) {
    byte[] payload =
        SubscriptionPayload.data(settings.owner(), logGroup, logStream, filter.name(), events);
    if (payload.length <= filter.destination().maxPayloadBytes()) {
      Delivery delivery = new Delivery(logStream, List.copyOf(events), payload, world.now());
      boolean check =
          filter.destination().checkedByControlMessages()
              && world.random().nextDouble() < settings.controlMessageChance();
      boolean before = world.random().nextBoolean();
      if (check && before) {
        checkHealth();
      }
      attempt(delivery, 0);
      if (check && !before) {
        checkHealth();
      }
    } else if (events.size() > 1) {
      deliver(logStream, events.subList(0, events.size() / 2));
      deliver(logStream, events.subList(events.size() / 2, events.size()));
    } else {
      dropped.addAll(events);
      world.note("logs", "drop event %s, too large".formatted(events.getFirst().id()));
    }
  }

  private void attempt(Delivery delivery, int failed) {
    if (world.now().isBefore(offUntil)) {
      skip(delivery, "the filter is off");
      return;
    }
    try {
      put(delivery);
    } catch (ServiceException e) {
      if (!e.retryable()) {
        offUntil = world.now().plus(OFF);
        skip(delivery, e.code());
      } else if (world.now().isBefore(delivery.since().plus(RETRIED))) {
        world.note("logs", "retry %s after %s".formatted(delivery, e.code()));
        world
            .timeline()
            .after(BACKOFF.after(failed, world.random()), () -> attempt(delivery, failed + 1));
      } else {
        dropped.addAll(delivery.events());
        world.note("logs", "drop %s after %s".formatted(delivery, RETRIED));
      }
      return;
    }
    again(delivery);
  }

  private void put(Delivery delivery) {
    String where = "delivery of " + filter.name();
    if (world.happens(Fault.DELIVERY_DENIED, where)) {
      throw ServiceException.of("AccessDeniedException", "the role may not write");
    }
    if (world.happens(Fault.DELIVERY_THROTTLED, where)) {
      throw ServiceException.retryable("ThrottlingException", "the rate is exceeded");
    }
    filter.destination().put(partitionKey(delivery.logStream()), delivery.payload());
    world.note("logs", "deliver " + delivery);
    if (world.happens(Fault.DELIVERY_ANSWER_LOST, where)) {
      throw ServiceException.retryable("ServiceUnavailableException", "no answer");
    }
  }

  private void again(Delivery delivery) {
    String where = "delivery of " + filter.name();
    if (world.happens(Fault.DELIVERED_TWICE, where)) {
      Delivery second =
          new Delivery(delivery.logStream(), delivery.events(), delivery.payload(), world.now());
      world.timeline().after(BACKOFF.after(0, world.random()), () -> attempt(second, 0));
    }
    if (world.happens(Fault.PAYLOAD_RECUT, where)) {
      int size = delivery.events().size();
      int from = world.random().nextInt(size);
      int to = world.random().nextInt(from, size) + 1;
      gather(delivery.logStream(), delivery.events().subList(from, to));
    }
  }

  private void skip(Delivery delivery, String why) {
    skipped.addAll(delivery.events());
    world.note("logs", "skip %s: %s".formatted(delivery, why));
  }

  private void checkHealth() {
    try {
      filter
          .destination()
          .put(Hashes.hex(world.uuid()), SubscriptionPayload.control(world.now().toEpochMilli()));
      world.note("logs", "check the health of " + filter.name());
    } catch (ServiceException e) {
      // Nothing is lost with a health check; AWS makes no promise about its retry.
      world.note("logs", "health check of %s: %s".formatted(filter.name(), e.code()));
    }
  }

  private String partitionKey(String logStream) {
    return switch (filter.distribution()) {
      case BY_LOG_STREAM -> Hashes.hex(settings.owner() + ":" + logGroup + ":" + logStream);
      case RANDOM -> Hashes.hex(world.uuid());
    };
  }

  private static Duration min(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  /** A payload under way. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Delivery(
      String logStream, List<StoredLogEvent> events, byte[] payload, Instant since) {
    @Override
    public String toString() {
      return "%d events of %s from %s".formatted(events.size(), logStream, events.getFirst().id());
    }
  }
}
