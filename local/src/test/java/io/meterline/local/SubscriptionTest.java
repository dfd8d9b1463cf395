package io.meterline.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

final class SubscriptionTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  @Test
  void aPayloadIsGzipOverOneJsonObjectOfTheDocumentedMembers() {
    Cloud cloud = Cloud.quiet();
    Subscribed app = new Subscribed(cloud, "", settings(100, 0));
    app.put("one", "a \"line\"\u0001\n", "zwei ü 🦄");
    cloud.advance(MINUTE);
    List<StoredLogEvent> kept =
        app.group.filterLogEvents(FilterPattern.parse(""), Cloud.START, Cloud.START.plus(MINUTE));
    assertThat(app.data())
        .singleElement()
        .extracting(JsonNode::toString)
        .isEqualTo(
            """
            {"messageType":"DATA_MESSAGE","owner":"123456789012","logGroup":"/app",\
            "logStream":"one","subscriptionFilters":["meters"],"logEvents":[\
            {"id":"%s","timestamp":%d,"message":"a \\"line\\"\\u0001\\n"},\
            {"id":"%s","timestamp":%d,"message":"zwei ü 🦄"}]}"""
                .formatted(
                    kept.get(0).id(),
                    Cloud.START.toEpochMilli(),
                    kept.get(1).id(),
                    Cloud.START.toEpochMilli()));
  }

  @Test
  void aControlMessageComesAtTheStart() {
    Cloud cloud = Cloud.quiet();
    Subscribed app = new Subscribed(cloud, "", settings(100, 0));
    assertThat(app.payloads())
        .singleElement()
        .extracting(JsonNode::toString)
        .isEqualTo(
            """
            {"messageType":"CONTROL_MESSAGE","owner":"CloudwatchLogs","logGroup":"",\
            "logStream":"","subscriptionFilters":[],"logEvents":[{"id":"","timestamp":%d,\
            "message":"CWL CONTROL MESSAGE: Checking health of destination Kinesis stream."}]}"""
                .formatted(Cloud.START.toEpochMilli()));
  }

  @Test
  void aControlMessageCanStandAnywhereInABatch() {
    Cloud cloud = Cloud.quiet();
    Subscribed app = new Subscribed(cloud, "", settings(1, 0.5));
    app.put("one", lines(40));
    cloud.advance(MINUTE);
    String types =
        app.payloads().stream()
            .map(payload -> payload.get("messageType").asString().substring(0, 1))
            .reduce("", String::concat);
    assertThat(types).contains("DCD").startsWith("C");
    assertThat(app.messages()).containsExactly(lines(40));
  }

  @Test
  void onlyEventsThatMatchArePassedOn() {
    Cloud cloud = Cloud.quiet();
    Subscribed app = new Subscribed(cloud, "meter -test", settings(100, 0));
    app.put("one", "meter a", "b", "meter test c", "Meter d");
    cloud.advance(MINUTE);
    assertThat(app.messages()).containsExactly("meter a");
  }

  @Test
  void aPayloadHoldsEventsOfOneLogStreamUpToItsCountAndSize() {
    Cloud cloud = Cloud.quiet();
    Subscribed app = new Subscribed(cloud, "", settings(3, 0));
    app.put("one", lines(7));
    app.put("two", lines(1));
    app.put("big", "x".repeat(600_000), "y".repeat(600));
    cloud.advance(MINUTE);
    assertThat(app.data())
        .extracting(
            payload -> payload.get("logStream").asString() + payload.get("logEvents").size())
        .containsExactlyInAnyOrder("one3", "one3", "one1", "two1", "big1", "big1");
  }

  @Test
  void eventsThatComeTogetherInTimeShareAPayload() {
    Cloud cloud = Cloud.quiet();
    Subscribed app = new Subscribed(cloud, "", settings(100, 0));
    app.put("one", "a");
    app.put("one", "b");
    cloud.advance(MINUTE);
    app.put("one", "c");
    cloud.advance(MINUTE);
    assertThat(app.data())
        .extracting(payload -> payload.get("logEvents").size())
        .containsExactly(2, 1);
  }

  @Test
  void aPayloadTooLargeForTheStreamIsHalvedAndALargestEventAloneDropped() {
    Cloud cloud = Cloud.quiet();
    DataStream small = cloud.stream(new StreamSettings(1, Duration.ofDays(1), 20_000, false));
    Subscribed app = new Subscribed(cloud, "", settings(100, 0), small);
    app.put("one", noise(9_000, 1), noise(9_001, 2), noise(9_002, 3), noise(90_000, 4));
    cloud.advance(MINUTE);
    assertThat(app.messages()).extracting(String::length).containsExactly(9_000, 9_001, 9_002);
    assertThat(app.data().size()).isGreaterThan(1);
    assertThat(app.subscription.dropped()).hasSize(1);
  }

  @Test
  void theDefaultDistributionSendsALogStreamToOneShardAndRandomToAll() {
    Cloud cloud = Cloud.quiet();
    Subscribed app =
        new Subscribed(
            cloud, "", settings(1, 0), cloud.stream(StreamSettings.defaults().withShards(4)));
    app.put("one", lines(30));
    cloud.advance(MINUTE);
    assertThat(app.dataRecords())
        .extracting(StreamRecord::shardId)
        .hasSize(30)
        .containsOnly(app.dataRecords().getFirst().shardId());
    Subscribed spread =
        new Subscribed(
            cloud,
            "",
            settings(1, 0),
            cloud.stream(StreamSettings.defaults().withShards(4)),
            Distribution.RANDOM);
    spread.put("one", lines(60));
    cloud.advance(MINUTE);
    assertThat(spread.dataRecords().stream().map(StreamRecord::shardId).distinct()).hasSize(4);
  }

  @Test
  void deliveryIsAtLeastOnce() {
    Cloud cloud =
        new Cloud(
            Map.of(
                Fault.DELIVERED_TWICE, 0.3,
                Fault.PAYLOAD_RECUT, 0.3,
                Fault.DELIVERY_ANSWER_LOST, 0.3,
                Fault.DELIVERY_THROTTLED, 0.3));
    Subscribed app = new Subscribed(cloud, "", settings(3, 0.1));
    app.put("one", lines(60));
    assertThat(cloud.world.timeline().settle(Duration.ofHours(20))).isTrue();
    assertThat(app.messages()).hasSizeGreaterThan(60);
    assertThat(app.messages().stream().distinct().sorted())
        .containsExactly(Arrays.stream(lines(60)).sorted().toArray(String[]::new));
    assertThat(app.subscription.dropped()).isEmpty();
    assertThat(app.subscription.skipped()).isEmpty();
  }

  @Test
  void aRetryableErrorIsRetriedFor24HoursAndThenDropped() {
    Cloud cloud = new Cloud(Map.of(Fault.DELIVERY_THROTTLED, 1.0));
    Subscribed app = new Subscribed(cloud, "", settings(100, 0));
    app.put("one", "a");
    cloud.advance(Duration.ofHours(23));
    assertThat(app.subscription.dropped()).isEmpty();
    cloud.advance(Duration.ofHours(2));
    assertThat(app.subscription.dropped()).extracting(StoredLogEvent::message).containsExactly("a");
    assertThat(app.messages()).isEmpty();
  }

  @Test
  void afterANonRetryableErrorTheFilterIsOffFor10MinutesAndThoseLogsAreSkipped() {
    TellingFaults faults = new TellingFaults();
    Cloud cloud = Cloud.quiet();
    World world = new World(cloud.world.timeline(), cloud.world.random(), faults, cloud.trace);
    LogGroup group = new LogGroup("/app", settings(100, 0), world);
    DataStream stream = new DataStream("meters", StreamSettings.defaults(), world);
    Subscribed app = new Subscribed(group, stream, "", Distribution.BY_LOG_STREAM);
    faults.next.add(Fault.DELIVERY_DENIED);
    app.put("one", "denied");
    cloud.advance(MINUTE);
    app.put("one", "while off");
    cloud.advance(Duration.ofMinutes(9).plusSeconds(10));
    app.put("one", "on again");
    cloud.advance(MINUTE);
    assertThat(app.messages()).containsExactly("on again");
    assertThat(app.subscription.skipped())
        .extracting(StoredLogEvent::message)
        .containsExactly("denied", "while off");
  }

  @Test
  void aFunctionIsSubscribedDirectlyWithBase64InAwslogsData() {
    Cloud cloud = Cloud.quiet();
    LogGroup group = cloud.group(settings(100, 0));
    group.putSubscriptionFilter(
        new SubscriptionFilter(
            "direct",
            FilterPattern.parse(""),
            new LogDestination.Lambda(cloud.async(AsyncSettings.defaults())),
            Distribution.BY_LOG_STREAM));
    group.putLogEvents("one", List.of(new InputLogEvent(Cloud.START, "a")));
    cloud.advance(MINUTE);
    JsonNode event = Cloud.json(cloud.events.getFirst());
    assertThat(cloud.events).hasSize(1);
    assertThat(event.propertyNames()).containsExactly("awslogs");
    byte[] payload = Base64.getDecoder().decode(event.at("/awslogs/data").asString());
    assertThat(Cloud.gunzip(payload).at("/logEvents/0/message").asString()).isEqualTo("a");
  }

  private static String[] lines(int count) {
    return IntStream.range(0, count).mapToObj("line %d"::formatted).toArray(String[]::new);
  }

  private static String noise(int length, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    byte[] text = new byte[length];
    for (int i = 0; i < length; i++) {
      text[i] = (byte) random.nextInt('a', 'z' + 1);
    }
    return new String(text, StandardCharsets.US_ASCII);
  }

  private static LogGroupSettings settings(int payloadEvents, double controlMessageChance) {
    return new LogGroupSettings(
        Arns.ACCOUNT,
        Optional.empty(),
        2,
        payloadEvents,
        256 * 1024,
        Duration.ofSeconds(5),
        controlMessageChance);
  }

  /** Faults that happen once each, when told to. */
  private static final class TellingFaults implements Faults {
    private final List<Fault> next = new ArrayList<>();

    @Override
    public boolean happens(Fault fault, String where) {
      return next.remove(fault);
    }
  }

  private static final class Subscribed {
    private final LogGroup group;
    private final DataStream stream;
    private final Subscription subscription;

    Subscribed(Cloud cloud, String pattern, LogGroupSettings settings) {
      this(cloud, pattern, settings, cloud.stream());
    }

    Subscribed(Cloud cloud, String pattern, LogGroupSettings settings, DataStream stream) {
      this(cloud, pattern, settings, stream, Distribution.BY_LOG_STREAM);
    }

    Subscribed(
        Cloud cloud,
        String pattern,
        LogGroupSettings settings,
        DataStream stream,
        Distribution distribution) {
      this(cloud.group(settings), stream, pattern, distribution);
    }

    Subscribed(LogGroup group, DataStream stream, String pattern, Distribution distribution) {
      this.group = group;
      this.stream = stream;
      subscription =
          group.putSubscriptionFilter(
              new SubscriptionFilter(
                  "meters",
                  FilterPattern.parse(pattern),
                  new LogDestination.Kinesis(stream),
                  distribution));
    }

    void put(String logStream, String... messages) {
      group.putLogEvents(
          logStream,
          Arrays.stream(messages).map(message -> new InputLogEvent(Cloud.START, message)).toList());
    }

    List<JsonNode> payloads() {
      return Cloud.records(stream).stream().map(record -> Cloud.gunzip(record.data())).toList();
    }

    List<StreamRecord> dataRecords() {
      return Cloud.records(stream).stream()
          .filter(record -> isData(Cloud.gunzip(record.data())))
          .toList();
    }

    List<JsonNode> data() {
      return payloads().stream().filter(Subscribed::isData).toList();
    }

    List<String> messages() {
      List<String> messages = new ArrayList<>();
      data()
          .forEach(
              payload ->
                  payload
                      .get("logEvents")
                      .forEach(event -> messages.add(event.get("message").asString())));
      return messages;
    }

    private static boolean isData(JsonNode payload) {
      return payload.get("messageType").asString().equals("DATA_MESSAGE");
    }
  }
}
