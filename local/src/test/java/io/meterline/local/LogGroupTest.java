package io.meterline.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class LogGroupTest {
  private static final Instant NOW = Cloud.START;
  private static final FilterPattern ALL = FilterPattern.parse("");

  private final Cloud cloud = Cloud.quiet();
  private final LogGroup group = cloud.group(LogGroupSettings.defaults());

  @Test
  void anEventIdIsADecimalStringOf56DigitsUniqueAndIncreasing() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      PutLogEventsResult result = put(List.of(at(NOW.plusMillis(i / 3)), at(NOW.plusMillis(i))));
      result.accepted().forEach(event -> ids.add(event.id()));
    }
    assertThat(ids).allMatch(id -> id.matches("[0-9]{56}")).doesNotHaveDuplicates();
    assertThat(put(List.of(at(NOW), at(NOW), at(NOW.plusMillis(1)))).accepted())
        .extracting(StoredLogEvent::id)
        .isSorted();
  }

  @Test
  void filterLogEventsReturnsTheSameIdAsTheSubscription() {
    DataStream stream = cloud.stream();
    group.putSubscriptionFilter(
        new SubscriptionFilter(
            "all", ALL, new LogDestination.Kinesis(stream), Distribution.BY_LOG_STREAM));
    put(List.of(at(NOW)));
    cloud.advance(Duration.ofMinutes(1));
    assertThat(
            Cloud.gunzip(Cloud.records(stream).getLast().data()).at("/logEvents/0/id").asString())
        .isEqualTo(group.filterLogEvents(ALL, NOW, NOW.plusMillis(1)).getFirst().id());
  }

  @Test
  void anEventOlderThan14DaysIsRejected() {
    Instant limit = NOW.minus(Duration.ofDays(14));
    PutLogEventsResult result =
        put(List.of(at(limit.minusMillis(2)), at(limit.minusMillis(1)), at(limit)));
    assertThat(result.tooOldLogEventEndIndex()).hasValue(2);
    assertThat(result.accepted()).hasSize(1);
  }

  @Test
  void anEventMoreThan2HoursAheadIsRejected() {
    Instant limit = NOW.plus(Duration.ofHours(2));
    PutLogEventsResult result = put(List.of(at(limit), at(limit.plusMillis(1))));
    assertThat(result.tooNewLogEventStartIndex()).hasValue(1);
    assertThat(result.accepted()).hasSize(1);
  }

  @Test
  void anEventOlderThanTheRetentionIsRejectedAndForgotten() {
    LogGroup short1 = cloud.group(retained(Duration.ofDays(1)));
    PutLogEventsResult result =
        short1.putLogEvents(
            "s",
            List.of(at(NOW.minus(Duration.ofHours(24)).minusMillis(1)), at(NOW.minusMillis(5))));
    assertThat(result.expiredLogEventEndIndex()).hasValue(1);
    cloud.advance(Duration.ofDays(2));
    short1.putLogEvents("s", List.of(at(cloud.world.now())));
    assertThat(short1.filterLogEvents(ALL, Instant.EPOCH, Instant.parse("2100-01-01T00:00:00Z")))
        .hasSize(1);
  }

  @Test
  void allEventsOfACallCanBeTooOld() {
    assertThat(put(List.of(at(NOW.minus(Duration.ofDays(15))))).accepted()).isEmpty();
  }

  @Test
  void anEventHolds1MegabyteLess26BytesOfOverhead() {
    int most = 1024 * 1024 - 26;
    assertThat(put(List.of(new InputLogEvent(NOW, "x".repeat(most)))).accepted()).hasSize(1);
    refuses(List.of(new InputLogEvent(NOW, "x".repeat(most + 1))), "1048577 bytes");
    refuses(List.of(new InputLogEvent(NOW, "ü".repeat(most / 2 + 1))), "1048578 bytes");
  }

  @Test
  void aCallHolds10000EventsAtMost() {
    assertThat(put(Collections.nCopies(10_000, at(NOW))).accepted()).hasSize(10_000);
    refuses(Collections.nCopies(10_001, at(NOW)), "10001 log events");
    refuses(List.of(), "0 log events");
  }

  @Test
  void theEventsOfACallStandInTheOrderOfTheirTimeWithin24Hours() {
    refuses(List.of(at(NOW), at(NOW.minusMillis(1))), "not in the order");
    refuses(List.of(at(NOW.minus(Duration.ofHours(24)).minusMillis(1)), at(NOW)), "24 hours");
  }

  @Test
  void anEmptyMessageIsRefused() {
    refuses(List.of(new InputLogEvent(NOW, "")), "empty message");
  }

  @Test
  void moreSubscriptionFiltersThanAllowedAreALimitExceededException() {
    LogDestination destination = new LogDestination.Kinesis(cloud.stream());
    for (String name : List.of("a", "b", "a")) {
      group.putSubscriptionFilter(
          new SubscriptionFilter(name, ALL, destination, Distribution.RANDOM));
    }
    assertThatExceptionOfType(ServiceException.class)
        .isThrownBy(
            () ->
                group.putSubscriptionFilter(
                    new SubscriptionFilter("c", ALL, destination, Distribution.RANDOM)))
        .withMessageContaining("/app has 2 subscription filters")
        .extracting(ServiceException::code)
        .isEqualTo("LimitExceededException");
  }

  private PutLogEventsResult put(List<InputLogEvent> events) {
    return group.putLogEvents("stream", events);
  }

  private void refuses(List<InputLogEvent> events, String why) {
    assertThatExceptionOfType(ServiceException.class)
        .isThrownBy(() -> put(events))
        .withMessageStartingWith("InvalidParameterException")
        .withMessageContaining(why);
  }

  private static LogGroupSettings retained(Duration retention) {
    LogGroupSettings defaults = LogGroupSettings.defaults();
    return new LogGroupSettings(
        defaults.owner(),
        Optional.of(retention),
        defaults.subscriptionFilters(),
        defaults.payloadEvents(),
        defaults.payloadBytes(),
        defaults.payloadDelay(),
        defaults.controlMessageChance());
  }

  private static InputLogEvent at(Instant instant) {
    return new InputLogEvent(instant, "a line");
  }
}
