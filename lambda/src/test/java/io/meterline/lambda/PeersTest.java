package io.meterline.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.meterline.core.Limits;
import io.meterline.lambda.simulation.MemoryS3.Fate;
import io.meterline.local.FunctionException;
import io.meterline.samples.Aggregates;
import io.meterline.samples.Bytes;
import io.meterline.samples.Gzip;
import io.meterline.samples.LambdaEvents;
import io.meterline.samples.Lines;
import io.meterline.samples.Payload;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * How agents of this kind lose records or count them twice, each told of the peer in which it
 * happened, with an event that would do it: event in, objects, quarantine and answer out. The table
 * is in {@code docs/peers.md}.
 */
class PeersTest {
  private static final String DONE = "{\"batchItemFailures\":[]}";
  private static final String ALL_AGAIN =
      "{\"batchItemFailures\":[{\"itemIdentifier\":\"%s\"}]}"
          .formatted(LambdaEvents.sequenceNumber(0));
  private static final String A = Lines.record("a");
  private static final String B = Lines.record("b");
  private static final String C = Lines.record("c");
  private static final int MEBIBYTE = 1024 * 1024;

  private final Queue<Fate> fates = new ArrayDeque<>();
  private final Deployment agent =
      new Deployment(bucket -> fates.isEmpty() ? Fate.DONE : fates.remove());

  @Test
  @DisplayName(
      "lambda-metering-examples: one malformed line throws, its batch fails and the shard blocks")
  void oneMalformedLine() throws FunctionException {
    String bad = Lines.bare("{\"meterApiName\":oops}");
    byte[] payload = Payload.of(Lines.bare(A), bad, Lines.bare(B)).gzip();

    assertThat(agent.kinesis(LambdaEvents.kinesis(payload))).isEqualTo(DONE);

    assertThat(agent.records()).containsExactly(A, B);
    assertThat(agent.quarantined())
        .singleElement()
        .satisfies(entry -> assertEntry(entry, "malformed-json", bad));
  }

  @Test
  @DisplayName(
      "Datadog: a parse error turns the whole batch into one string, and the call succeeds")
  void aPayloadThatCannotBeDecoded() throws FunctionException {
    byte[] broken = Payload.of(Lines.bare(B)).gzip();
    broken[broken.length - 5] ^= 1;
    byte[] rubbish = {0, 1, (byte) 0xFF};

    String answer =
        agent.kinesis(
            LambdaEvents.kinesis(
                payload(A), broken, rubbish, Bytes.utf8("{\"no\":1}"), payload(C)));

    assertThat(answer).isEqualTo(DONE);
    assertThat(agent.records()).containsExactly(A, C);
    assertThat(agent.quarantined())
        .extracting(entry -> entry.get("reason").asString())
        .containsOnly("undecodable-payload");
    assertThat(agent.quarantined())
        .extracting(entry -> Base64.getDecoder().decode(entry.get("payload").asString()))
        .containsExactly(broken, rubbish, Bytes.utf8("{\"no\":1}"));
  }

  @Test
  @DisplayName("Datadog: items over a size (512,000 B) are dropped in silence")
  void itemsOverASize() throws FunctionException {
    agent.maxBodyBytes(MEBIBYTE);
    List<String> records =
        IntStream.range(0, 20).mapToObj(i -> padded("r" + i, 200 * 1024)).toList();
    String tooLarge = padded("large", 600_000);
    byte[] payload =
        Payload.of(Stream.concat(records.stream(), Stream.of(tooLarge)).map(Lines::bare).toList())
            .gzip();

    assertThat(agent.kinesis(LambdaEvents.kinesis(payload))).isEqualTo(DONE);

    assertThat(agent.records()).containsExactlyInAnyOrderElementsOf(records);
    assertThat(agent.objects()).hasSizeGreaterThan(1);
    assertThat(agent.quarantined())
        .singleElement()
        .satisfies(entry -> assertEntry(entry, "too-large", Lines.bare(tooLarge)));
  }

  @Test
  @DisplayName("Datadog: a stored retry object is deleted after its first part succeeded")
  void aBatchOfWhichOnePartSucceeded() throws FunctionException {
    agent.maxBodyBytes(1);
    String event = LambdaEvents.kinesis(payload(A, B, C));
    fates.addAll(List.of(Fate.DONE, Fate.FORBIDDEN));

    assertThat(agent.kinesis(event)).as("not done before all of it is").isEqualTo(ALL_AGAIN);
    assertThat(agent.records()).containsExactly(A);
    assertThat(agent.kinesis(event)).isEqualTo(DONE);
    assertThat(agent.records()).containsExactlyInAnyOrder(A, B, C);
  }

  @Test
  @DisplayName("Elastic: every unknown exception is swallowed, and the checkpoint advances")
  void anExceptionThatNobodyThoughtOf() {
    Deployment broken =
        new Deployment(
            bucket -> {
              throw new IllegalStateException("a bug");
            });

    assertThatExceptionOfType(FunctionException.class)
        .isThrownBy(() -> broken.kinesis(LambdaEvents.kinesis(payload(A))));
  }

  @Test
  @DisplayName("New Relic: halving an event that can't be halved recurses for ever")
  void aRecordThatFitsIntoNoBody() throws FunctionException {
    agent.maxBodyBytes(100).limits(new Limits(1000, MEBIBYTE, MEBIBYTE));
    String aboveTheBody = padded("body", 900);
    String aboveTheLimit = padded("limit", 1100);

    String answer = agent.kinesis(LambdaEvents.kinesis(payload(A, aboveTheBody, aboveTheLimit)));

    assertThat(answer).isEqualTo(DONE);
    assertThat(agent.records()).containsExactlyInAnyOrder(A, aboveTheBody);
    assertThat(agent.quarantined())
        .singleElement()
        .satisfies(entry -> assertEntry(entry, "too-large", Lines.bare(aboveTheLimit)));
  }

  @Test
  @DisplayName("Sumo Logic: a CONTROL_MESSAGE ends the batch in the middle")
  void aControlMessageInTheMiddle() throws FunctionException {
    byte[] control = Payload.control().gzip();

    assertThat(agent.kinesis(LambdaEvents.kinesis(payload(A), control, payload(B))))
        .isEqualTo(DONE);

    assertThat(agent.records()).containsExactly(A, B);
    assertThat(agent.quarantined()).isEmpty();
  }

  @Test
  @DisplayName(
      "Powertools: failures are collected by several threads in a plain list, and one is lost")
  void failuresAreCollectedOnOneThread() throws FunctionException {
    Set<Thread> threads = new HashSet<>();
    Deployment failing =
        new Deployment(
                bucket -> {
                  threads.add(Thread.currentThread());
                  return Fate.FORBIDDEN;
                })
            .maxBodyBytes(1);

    assertThat(failing.kinesis(LambdaEvents.kinesis(payload(A), payload(B), payload(C))))
        .as("the lowest sequence number, and so all of it")
        .isEqualTo(ALL_AGAIN);
    assertThat(threads).containsExactly(Thread.currentThread());
  }

  @Test
  @DisplayName(
      "lambda-metering-examples: a random object name at each retry, so records stand twice")
  void theObjectsNameIsDerived() throws FunctionException {
    String event = LambdaEvents.kinesis(payload(A, B));

    agent.kinesis(event);
    List<String> before = agent.objects();
    agent.restart();
    agent.kinesis(event);

    assertThat(agent.objects()).hasSize(1).isEqualTo(before);
    assertThat(agent.records()).containsExactly(A, B);
  }

  @Test
  @DisplayName("lambda-metering-examples: an empty batch still writes []")
  void nothingToDeliverWritesNothing() throws FunctionException {
    byte[] chatter = Payload.of("all good", "").gzip();

    assertThat(agent.kinesis(LambdaEvents.kinesis(chatter, Payload.control().gzip())))
        .isEqualTo(DONE);
    assertThat(agent.kinesis("{\"Records\":[]}")).isEqualTo(DONE);
    agent.direct(LambdaEvents.direct(chatter));

    assertThat(agent.puts()).isZero();
  }

  @Test
  @DisplayName("Sumo Logic (#35, #22): state kept in the warm process sends messages again")
  void noStateOutlivesAnInvocation() throws FunctionException {
    String first = LambdaEvents.kinesis(payload(A));
    String second = LambdaEvents.kinesis(payload(B), payload("{\"bad\":1}"));

    agent.kinesis(first);
    fates.add(Fate.FORBIDDEN);
    assertThat(agent.kinesis(second)).isEqualTo(ALL_AGAIN);
    agent.kinesis(second);
    agent.direct(LambdaEvents.direct(payload(C)));

    assertThat(agent.records()).containsExactlyInAnyOrder(A, B, C);
    assertThat(agent.quarantined()).hasSize(1);
  }

  @Test
  @DisplayName("Elastic (#212, #214): distinct events collide in a short id")
  void idsTellAllEventsApart() throws FunctionException {
    String bare = "{\"meterApiName\":\"m\",\"customerId\":\"c\",\"meterValue\":1}";
    String twice = Lines.bare(bare) + " " + Lines.bare(bare);
    List<Payload> payloads =
        List.of(
            event("1", "g", "s", "1", twice),
            event("2", "g", "s", "1", twice),
            event("1", "h", "s", "1", twice),
            event("1", "g", "t", "1", twice),
            event("1", "g", "s", "2", twice),
            event("1g", "", "s", "1", twice),
            event("1", "g", "", "s1", twice));

    agent.kinesis(
        LambdaEvents.kinesis(payloads.stream().map(Payload::gzip).toArray(byte[][]::new)));

    assertThat(agent.records().stream().map(PeersTest::uniqueId))
        .hasSize(2 * payloads.size())
        .doesNotHaveDuplicates()
        .allMatch(id -> id.matches("[0-9a-f]{32}"));
  }

  @Test
  @DisplayName(
      "Datadog (#462): split lines of 262,119 characters are lost against a cap of 256,000")
  void aLineThatWasSplit() throws FunctionException {
    String whole = Lines.bare(padded("long", 300_000));
    String head = whole.substring(0, 262_119);
    String tail = whole.substring(262_119);

    assertThat(agent.kinesis(LambdaEvents.kinesis(Payload.of(head, tail, Lines.bare(A)).gzip())))
        .isEqualTo(DONE);

    assertThat(agent.records()).containsExactly(A);
    assertThat(agent.quarantined())
        .singleElement()
        .satisfies(entry -> assertEntry(entry, "truncated", head));
  }

  @Test
  @DisplayName("Elastic (#1057): KPL-aggregated records are forwarded as raw protobuf")
  void aggregatedRecords() throws FunctionException {
    byte[] broken = Aggregates.ofMessage(Bytes.utf8("no protocol buffer"));

    String answer =
        agent.kinesis(LambdaEvents.kinesis(Aggregates.of(payload(A), payload(B)), broken));

    assertThat(answer).isEqualTo(DONE);
    assertThat(agent.records()).containsExactly(A, B);
    assertThat(agent.quarantined())
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.get("reason").asString()).isEqualTo("undecodable-payload");
              assertThat(entry.get("payload").asString())
                  .isEqualTo(Base64.getEncoder().encodeToString(broken));
            });
  }

  @Test
  @DisplayName(
      "opentelemetry-collector-contrib (#46120, #44231): only the first of concatenated documents"
          + " is decoded; a CONTROL_MESSAGE crashes it")
  void concatenatedDocuments() throws FunctionException {
    byte[] documents =
        Gzip.member(
            Bytes.utf8(
                Payload.of(Lines.bare(A)).json()
                    + Payload.control().json()
                    + "\n"
                    + Payload.of(Lines.bare(B)).json()));
    byte[] members = Bytes.joined(Payload.control().gzip(), payload(C));

    assertThat(agent.kinesis(LambdaEvents.kinesis(documents, members))).isEqualTo(DONE);

    assertThat(agent.records()).containsExactly(A, B, C);
    assertThat(agent.quarantined()).isEmpty();
  }

  @Test
  @DisplayName("New Relic (#179): Lambda's JSON log format breaks the extraction of the marker")
  void lambdasJsonFormat() throws FunctionException {
    byte[] payload = Payload.of(Lines.lambdaJson(A), Lines.asMember(B), Lines.python(C)).gzip();

    agent.kinesis(LambdaEvents.kinesis(payload));

    assertThat(agent.records()).containsExactly(A, B, C);
  }

  @Test
  @DisplayName(
      "CloudWatch2S3 (#3): inflated output is larger than expected: records lost, or a loop")
  void aPayloadThatInflatesBeyondItsBound() throws FunctionException {
    byte[] bomb = Gzip.zeros(200_000_000L);

    assertThat(agent.kinesis(LambdaEvents.kinesis(payload(A), bomb, payload(B)))).isEqualTo(DONE);

    assertThat(agent.records()).containsExactly(A, B);
    assertThat(agent.quarantined())
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.get("reason").asString()).isEqualTo("too-large");
              assertThat(entry.get("payload").asString())
                  .isEqualTo(Base64.getEncoder().encodeToString(bomb));
            });
  }

  @Test
  @DisplayName(
      "Sumo Logic (#188), lambda-metering-examples: the forwarder logs what it sends and is fed its"
          + " own logs")
  void nothingThatThisPrintsHoldsAMarker() throws FunctionException {
    String event =
        LambdaEvents.kinesis(payload(A, "{\"bad\":1}"), Bytes.utf8(Lines.bare("garbage")));
    fates.add(Fate.FORBIDDEN);

    agent.kinesis(event);
    agent.kinesis(event);

    assertThat(agent.quarantined()).hasSize(2);
    assertThat(agent.printed())
        .isNotEmpty()
        .doesNotContain("meter_record_for", "customerId", "garbage", "\"bad\"", "c-1");
  }

  @Test
  @DisplayName(
      "openmeter (#5118, #4902): \"seen\" is recorded before the write, so a retry stores nothing"
          + " and says success")
  void aRetryAfterAFailedWriteStores() throws FunctionException {
    String event = LambdaEvents.kinesis(payload(A));
    fates.add(Fate.FORBIDDEN);

    assertThat(agent.kinesis(event)).isEqualTo(ALL_AGAIN);
    assertThat(agent.records()).isEmpty();
    assertThat(agent.kinesis(event)).isEqualTo(DONE);
    assertThat(agent.records()).containsExactly(A);
  }

  @Test
  @DisplayName("openmeter (#4485): a failover after the write counts it twice")
  void aWriteWhoseAnswerIsLost() throws FunctionException {
    fates.add(Fate.DONE_UNHEARD);

    assertThat(agent.kinesis(LambdaEvents.kinesis(payload(A)))).isEqualTo(DONE);

    assertThat(agent.puts()).isEqualTo(2);
    assertThat(agent.records()).containsExactly(A);
  }

  @Test
  @DisplayName(
      "lago-api (#3049, #1676): a resent batch is an error; one bad event rejects the batch")
  void aResentBatchWithABadRecord() throws FunctionException {
    String event = LambdaEvents.kinesis(payload(A, "{\"bad\":1}", B));

    assertThat(agent.kinesis(event)).isEqualTo(DONE);
    assertThat(agent.kinesis(event)).isEqualTo(DONE);

    assertThat(agent.records()).containsExactly(A, B);
    assertThat(agent.quarantined()).hasSize(1);
  }

  /** None of the peers' rows, but found here: a bound that is raised while a batch comes again. */
  @Test
  void aSettingThatIsChangedBetweenTriesHidesNothing() throws FunctionException {
    String event =
        LambdaEvents.kinesis(payload(A, B, "{\"bad\":1}", "{\"bad\":2}"), other("usage", C));
    agent.maxBodyBytes(1);
    fates.addAll(List.of(Fate.DONE, Fate.DONE, Fate.FORBIDDEN));
    assertThat(agent.kinesis(event)).isEqualTo(ALL_AGAIN);

    agent.maxBodyBytes(MEBIBYTE).markers(Lines.MARKER, "usage").restart();

    assertThat(agent.kinesis(event)).isEqualTo(DONE);
    assertThat(agent.records()).contains(A, B, C);
    assertThat(agent.quarantined())
        .extracting(entry -> entry.get("message").asString())
        .contains(Lines.bare("{\"bad\":1}"), Lines.bare("{\"bad\":2}"));
  }

  private static void assertEntry(JsonNode entry, String reason, String message) {
    assertThat(entry.get("reason").asString()).isEqualTo(reason);
    assertThat(entry.get("message").asString()).isEqualTo(message);
    assertThat(entry.get("logGroup").asString()).isEqualTo(Payload.LOG_GROUP);
    assertThat(entry.get("eventId").asString()).isNotEmpty();
  }

  private static byte[] payload(String... records) {
    return Payload.of(Stream.of(records).map(Lines::bare).toList()).gzip();
  }

  private static byte[] other(String marker, String record) {
    return Payload.of(marker + " " + record).gzip();
  }

  private static Payload event(
      String owner, String group, String stream, String id, String message) {
    return new Payload(
        "DATA_MESSAGE", owner, group, stream, List.of(new Payload.LogEvent(id, 1000, message)));
  }

  /** A record of {@code bytes} bytes. */
  private static String padded(String uniqueId, int bytes) {
    String record = Lines.record(uniqueId);
    String frame = ",\"dimensions\":{\"pad\":\"\"}}";
    String pad = "x".repeat(bytes - record.length() + 1 - frame.length());
    return record.substring(0, record.length() - 1) + frame.replace("\"\"}", "\"" + pad + "\"}");
  }

  private static String uniqueId(String record) {
    return record.replaceFirst(".*\"uniqueId\":\"([^\"]*)\".*", "$1");
  }
}
