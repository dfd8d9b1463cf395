package io.meterline.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.meterline.core.Batch;
import io.meterline.core.BatchPart;
import io.meterline.core.Delivery;
import io.meterline.core.PartLimits;
import io.meterline.core.Quarantined;
import io.meterline.core.Quarantined.BadRecord;
import io.meterline.core.delivery.BodyAnswer;
import io.meterline.core.delivery.Isolation;
import io.meterline.core.delivery.RefusalPolicy;
import io.meterline.core.delivery.RefusedException;
import io.meterline.core.retry.TimeLeft;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which records a refusal is held against, with a receiver that refuses by their numbers. */
final class IsolationTest {
  private static final RefusalPolicy FAIL = new RefusalPolicy.Fail("Look at it.");
  private static final PartLimits HUNDRED = new PartLimits(100, 1 << 20);

  private final List<Integer> accepted = new ArrayList<>();
  private final List<BadRecord> kept = new ArrayList<>();
  private int requests;

  @Test
  void whereOthersAreAcceptedExactlyTheBadRecordsAreRefused() throws IOException {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      accepted.clear();
      kept.clear();
      int count = 2 + random.nextInt(400);
      double share = random.nextDouble() * random.nextDouble();
      TreeSet<Integer> bad = new TreeSet<>();
      IntStream.range(0, count).filter(i -> random.nextDouble() < share).forEach(bad::add);
      bad.remove(0);
      Delivery delivery = deliver(bad::contains, count, FAIL);
      assertThat(accepted)
          .as("seed %d, round %d", seed, round)
          .doesNotHaveDuplicates()
          .hasSize(count - bad.size())
          .noneMatch(bad::contains);
      assertThat(keptNumbers()).as("seed %d, round %d", seed, round).containsExactlyElementsOf(bad);
      assertThat(delivery.refused()).isEqualTo(bad.size());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 31, 32, 33, 300, 10_000})
  void aReceiverThatRefusesEverythingCostsFewRequestsAndFailsTheBatch(int count) {
    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(() -> deliver(i -> true, count, FAIL))
        .withMessage(
            "there: answers 400 \"r%s is bad\": none of %d records in the batch was accepted, so a"
                + " setting is probably wrong; none was quarantined. Look at it.",
            "0", count);
    assertThat(requests).isLessThanOrEqualTo((count + 99) / 100 + 32);
    assertThat(kept).isEmpty();
  }

  @Test
  void theOnlyGoodRecordOfThirtyTwoIsFound() throws IOException {
    for (int good = 0; good < 32; good++) {
      int only = good;
      accepted.clear();
      assertThat(deliver(i -> i != only, 32, FAIL).refused()).isEqualTo(31);
      assertThat(accepted).containsExactly(only);
    }
  }

  @Test
  void theOnlyRecordOfABatchIsHeldAgainstTheReceiverUntilItHasAcceptedOne() throws IOException {
    Isolation isolation = isolation(i -> i != 7, FAIL);
    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(() -> isolation.deliver(Batches.of(1, 1), HUNDRED));
    assertThat(kept).isEmpty();
    isolation.deliver(Batches.of(7, 1), HUNDRED);
    assertThat(isolation.deliver(Batches.of(1, 1), HUNDRED).refused()).isEqualTo(1);
    assertThat(keptNumbers()).containsExactly(1);
    assertThatExceptionOfType(RefusedException.class)
        .as("of several records none")
        .isThrownBy(() -> isolation.deliver(Batches.of(1, 2), HUNDRED));
  }

  @Test
  void whatIsTooLargeIsSentInSmallerBodies() throws IOException {
    Isolation isolation =
        isolationOf(
            part ->
                part.count() > 3
                    ? new BodyAnswer.TooLarge("answers 413", "")
                    : new BodyAnswer.Accepted(),
            FAIL);
    isolation.deliver(Batches.of(0, 100), HUNDRED);
    assertThat(kept).isEmpty();
    assertThat(requests).isLessThan(80);
  }

  @Test
  void theOnlyRecordOfABatchMayBeTooLargeByItself() throws IOException {
    Isolation isolation = isolationOf(part -> new BodyAnswer.TooLarge("answers 413", "x"), FAIL);
    assertThat(isolation.deliver(Batches.of(4, 1), HUNDRED).refused()).isEqualTo(1);
    assertThat(kept).singleElement().extracting(BadRecord::detail).isEqualTo("answers 413: x");
    assertThatExceptionOfType(RefusedException.class)
        .as("a receiver to which everything is too large")
        .isThrownBy(() -> isolation.deliver(Batches.of(0, 200), HUNDRED));
  }

  @Test
  void aReceiverThatHasAcceptedNothingIsNotBelievedWhenItRefusesEachRecordByName()
      throws IOException {
    Isolation isolation = isolationOf(part -> eachRefused(part), FAIL);
    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(() -> isolation.deliver(Batches.of(0, 150), HUNDRED))
        .withMessageContaining(
            "refuses every record \"refused: no\": none of 150 records in the batch was accepted");
    assertThat(requests).isEqualTo(2);
    assertThat(kept).isEmpty();
    assertThat(isolation.deliver(Batches.of(3, 1), HUNDRED))
        .as("the only record of a batch")
        .isEqualTo(new Delivery(0, 0, 1));
  }

  @Test
  void aReceiverThatHasAcceptedARecordMayRefuseEachOfTheNextBatchByName() throws IOException {
    Isolation isolation =
        isolationOf(
            part -> part.count() == 1 ? new BodyAnswer.Accepted() : eachRefused(part), FAIL);
    isolation.deliver(Batches.of(0, 1), HUNDRED);
    assertThat(isolation.deliver(Batches.of(1, 150), HUNDRED)).isEqualTo(new Delivery(0, 0, 150));
  }

  private static BodyAnswer eachRefused(BatchPart part) {
    TreeMap<Integer, String> all = new TreeMap<>();
    IntStream.range(0, part.count()).forEach(i -> all.put(i, "refused: no"));
    return new BodyAnswer.PerRecord(all);
  }

  @Test
  void namedRecordsAloneDoNotProveThatTheOthersAreAtFault() {
    // The first body names a record and the second is refused whole.
    Isolation isolation =
        isolationOf(
            part ->
                part.from() == 0 && part.count() == 1
                    ? new BodyAnswer.PerRecord(new TreeMap<>(Map.of(0, "refused: no")))
                    : new BodyAnswer.Refused("answers 400", ""),
            FAIL);
    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(() -> isolation.deliver(Batches.of(0, 2), new PartLimits(1, 1 << 20)));
  }

  @Test
  void theRequestsOfABatchAreBoundedAndTheRestIsInQuarantine() throws IOException {
    int count = 20_000;
    Delivery delivery = deliver(i -> i % 2 == 1, count, FAIL);
    assertThat(requests).isBetween(2_000, 200 + 2_000 + 1);
    assertThat(accepted).doesNotHaveDuplicates();
    assertThat(accepted.size() + kept.size()).isEqualTo(count);
    assertThat(delivery.refused()).isEqualTo(kept.size());
    assertThat(kept)
        .filteredOn(bad -> bad.detail().startsWith("refused together with others and not tried"))
        .hasSizeGreaterThan(10_000)
        .allSatisfy(bad -> assertThat(bad.detail()).contains("answers 400"));
    assertThat(keptNumbers()).doesNotContainAnyElementsOf(accepted).doesNotHaveDuplicates();
  }

  @Test
  void whoHasDecidedSoGetsAllIntoQuarantine() throws IOException {
    assertThat(deliver(i -> true, 300, new RefusalPolicy.Quarantine()).refused()).isEqualTo(300);
    assertThat(keptNumbers()).containsExactlyElementsOf(IntStream.range(0, 300).boxed().toList());
    kept.clear();
    assertThat(deliver(i -> i != 133, 300, new RefusalPolicy.Quarantine()).refused())
        .as("all are tried")
        .isEqualTo(299);
  }

  @Test
  void anAgentsBatchFailsUntilItsNewestRecordIsOlderThanTheGrace() throws IOException {
    Duration grace = Duration.ofMinutes(15);
    Instant newest = Instant.ofEpochMilli(Batches.NEWEST_ARRIVAL);
    RefusalPolicy before = new RefusalPolicy.Grace(grace, () -> newest.plus(grace).minusMillis(1));
    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(() -> deliver(i -> true, 50, before))
        .withMessageContaining("older than 900 s (METERLINE_REFUSAL_GRACE)");
    assertThat(kept).isEmpty();
    RefusalPolicy after = new RefusalPolicy.Grace(grace, () -> newest.plus(grace));
    assertThat(deliver(i -> true, 50, after).refused()).isEqualTo(50);
  }

  @Test
  void anInvocationThatIsShortOfTimeFailsRatherThanQuarantiningWhatWasNotTriedAlone()
      throws IOException {
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> TimeLeft.within(running(), () -> deliver(i -> i == 50, 100, FAIL)))
        .withMessageContaining("no time was left to isolate refused records");
    assertThat(kept).isEmpty();
    accepted.clear();
    Delivery delivery =
        TimeLeft.within(
            running(), () -> deliver(i -> i == 50, 100, new RefusalPolicy.Quarantine()));
    assertThat(accepted.size() + delivery.refused()).isEqualTo(100);
  }

  /** There is a minute, and then less than what the quarantine needs. */
  private static Supplier<Duration> running() {
    int[] asked = {0};
    return () -> Duration.ofSeconds(asked[0]++ == 0 ? 60 : 9);
  }

  @Test
  void aFailureInTheMidstLeavesNothingInQuarantine() {
    Isolation isolation =
        isolationOf(
            part -> {
              if (part.from() >= 100) {
                throw new IOException("down");
              }
              return new BodyAnswer.PerRecord(new TreeMap<>(Map.of(0, "refused: no")));
            },
            FAIL);
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> isolation.deliver(Batches.of(0, 200), HUNDRED))
        .withMessage("down");
    assertThat(kept).isEmpty();
  }

  @Test
  void theQuoteOfAMessageIsOneBoundedLineAndCanBeLeftOut() {
    var refusal =
        new RefusedException("there: answers 400", "a\u001b[31m\r\nb" + "x".repeat(999), "look");
    assertThat(refusal.getMessage())
        .startsWith("there: answers 400 \"a [31m bxxx")
        .hasSizeLessThan(350);
    assertThat(refusal.withoutQuote()).isEqualTo("there: answers 400: look");
  }

  private Delivery deliver(IntPredicate isBad, int count, RefusalPolicy policy) throws IOException {
    requests = 0;
    Batch batch = Batches.of(0, count);
    return isolation(isBad, policy).deliver(batch, HUNDRED);
  }

  /** A receiver that refuses whole bodies with a bad record in them, and names the first. */
  private Isolation isolation(IntPredicate isBad, RefusalPolicy policy) {
    return isolationOf(
        part -> {
          List<Integer> numbers = numbers(Batches.texts(part));
          int bad = numbers.stream().filter(isBad::test).findFirst().orElse(-1);
          if (bad >= 0) {
            return new BodyAnswer.Refused("answers 400", "r" + bad + " is bad");
          }
          accepted.addAll(numbers);
          return new BodyAnswer.Accepted();
        },
        policy);
  }

  private Isolation isolationOf(Isolation.Sender receiver, RefusalPolicy policy) {
    return new Isolation(
        "there",
        part -> counted(part, receiver),
        (id, part, entries) -> {
          for (Quarantined entry : entries) {
            kept.add((BadRecord) entry);
          }
          return Delivery.of(true);
        },
        policy);
  }

  private BodyAnswer counted(BatchPart part, Isolation.Sender receiver) throws IOException {
    requests++;
    return receiver.send(part);
  }

  private List<Integer> keptNumbers() {
    return numbers(kept.stream().map(bad -> new String(bad.message(), UTF_8)).toList());
  }

  private static List<Integer> numbers(List<String> records) {
    ToIntFunction<String> number =
        text -> Integer.parseInt(text.replaceFirst(".*\"uniqueId\":\"r(\\d+)\".*", "$1"));
    return records.stream().mapToInt(number).boxed().toList();
  }
}
