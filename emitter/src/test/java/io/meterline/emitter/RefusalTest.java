package io.meterline.emitter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meterline.emitter.MeterLogOptions.OnFailure;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

final class RefusalTest {
  private final List<String> lines = new ArrayList<>();
  private final MeterLog meters = MeterLog.to(lines::add);
  private final MeterLog dropping =
      MeterLog.to(lines::add, MeterLogOptions.DEFAULT.withOnFailure(OnFailure.DROP));

  @Test
  void whatIsBlankIsNamed() {
    refuses(() -> meters.record(" ", "c", 1), "meterApiName is blank");
    refuses(() -> meters.record("m", "", 1), "customerId is blank");
    refuses(() -> meters.recordValues("c", Map.of("\t", 1)), "a name in values is blank");
    refuses(() -> withOptions(MeterLogOptions.DEFAULT.withIds(() -> "")), "uniqueId is blank");
  }

  @Test
  @NullUnmarked
  void whatIsNullIsNamed() {
    assertThatNullPointerException()
        .isThrownBy(() -> meters.record("m", null, 1))
        .withMessage("customerId is null");
    assertThatNullPointerException()
        .isThrownBy(() -> meters.record(null, "c", 1))
        .withMessage("meterApiName is null");
    assertThatNullPointerException()
        .isThrownBy(() -> meters.record("m", "c", (BigDecimal) null))
        .withMessage("value is null");
    refuses(
        () -> meters.record("m", "c", 1, Collections.singletonMap("method", null)),
        "dimension 'method' is null");
    refuses(
        () -> meters.record("m", "c", 1, Collections.singletonMap(null, "GET")),
        "a name in dimensions is null");
    refuses(
        () -> meters.recordValues("c", Collections.<String, Integer>singletonMap("calls", null)),
        "the value of meter 'calls' is null");
  }

  @Test
  void aNumberThatJsonOrTheReceiverCannotHoldIsRefused() {
    refuses(
        () -> meters.record("m", "c", Double.NaN),
        "the value of meter 'm' is NaN, not a finite number");
    refuses(
        () -> meters.record("m", "c", Double.NEGATIVE_INFINITY),
        "the value of meter 'm' is -Infinity, not a finite number");
    refuses(
        () -> meters.record("m", "c", new BigDecimal("1E+400")),
        "the value of meter 'm' is more than a double holds (1E+400)");
    refuses(
        () -> meters.record("m", "c", new BigDecimal("1.8E+308")),
        "the value of meter 'm' is more than a double holds (1E+308)");
    refuses(
        () -> meters.recordValues("c", Map.of("calls", new LongAdder())),
        "the value of meter 'calls' is a java.util.concurrent.atomic.LongAdder: give an integer, a"
            + " double, a BigDecimal or a BigInteger");
    refuses(() -> meters.recordValues("c", Map.of()), "values is empty: name at least one meter");
  }

  @Test
  void halfASurrogatePairIsRefusedWhereItStands() {
    String why = " holds half a surrogate pair: its text was cut within a character";
    refuses(() -> meters.record("m\ud83d", "c", 1), "meterApiName" + why);
    refuses(() -> meters.record("m", "\ude00c", 1), "customerId" + why);
    refuses(() -> meters.record("m", "c", 1, Map.of("a", "\ud83dx")), "dimension 'a'" + why);
    refuses(
        () -> meters.record("m", "c", 1, Map.of("\ude00\ud83d", "x")),
        "a name in dimensions" + why);
  }

  @Test
  void aTimeThatTheAgentWouldRefuseIsRefused() {
    refuses(
        () -> withOptions(MeterLogOptions.DEFAULT.withClock(() -> Instant.EPOCH)),
        "the clock says 0 ms, which is not between 1 and 253402300799999");
  }

  @Test
  void aLineThatIsTooLongIsRefusedAndTheNextOneIsNot() {
    String why =
        "the line would have more than 250000 bytes (maxLineBytes), and its log might cut it:"
            + " give fewer or shorter dimensions";
    refuses(() -> meters.record("m", "c", 1, Map.of("a", "x".repeat(250_000))), why);
    refuses(() -> meters.record("m", "c", 1, Map.of("a", "\\".repeat(62_500))), why);
    meters.record("m", "c", 1, Map.of("a", "x".repeat(249_000)));
    meters.record("m", "c", 1, Map.of("a", "\\".repeat(62_400)));
    assertThat(lines).hasSize(2);
  }

  @Test
  void aLineIsAsLongAsItMayBeAndNotAByteLonger() {
    MeterLogOptions options = MeterLogOptions.DEFAULT.withIds(() -> "u");
    MeterLog.to(lines::add, options).record("m", "c", 1, Map.of("a", "x"));
    String line = lines.getFirst();
    int counted = line.length() + (int) line.chars().filter(c -> c == '"').count();
    MeterLog.to(lines::add, options.withMaxLineBytes(counted))
        .record("m", "c", 1, Map.of("a", "x"));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                MeterLog.to(lines::add, options.withMaxLineBytes(counted - 1))
                    .record("m", "c", 1, Map.of("a", "x")));
    assertThat(lines).hasSize(2);
  }

  @Test
  void aRefusedCallWritesNothing() {
    refuses(() -> meters.record("m", "", 1), "customerId is blank");
    assertThat(lines).isEmpty();
  }

  @Test
  void whereDropsAreChosenTheyAreCountedAndTheLastOneIsExplained() {
    dropping.record("m", " ", 1);
    dropping.record("m", "c", Double.NaN);
    dropping.record("m", "c", 1);
    assertThat(dropping.dropped()).isEqualTo(2);
    assertThat(dropping.lastDropReason())
        .contains("the value of meter 'm' is NaN, not a finite number");
    assertThat(lines).hasSize(1);
  }

  @Test
  @NullUnmarked
  void whereDropsAreChosenNoArgumentAndNoDestinationThrowsIntoTheCaller() {
    dropping.record(null, "c", 1, null);
    dropping.recordValues("c", null);
    MeterLog broken =
        MeterLog.to(
            line -> {
              throw new StackOverflowError();
            },
            MeterLogOptions.DEFAULT.withOnFailure(OnFailure.DROP));
    broken.record("m", "c", 1);
    assertThat(dropping.dropped()).isEqualTo(2);
    assertThat(broken.dropped()).isEqualTo(1);
    assertThat(broken.lastDropReason()).contains("java.lang.StackOverflowError");
  }

  @Test
  void whatTheDestinationThrowsReachesTheCallerUnchanged() {
    var failure = new IllegalStateException("appender is closed");
    MeterLog broken =
        MeterLog.to(
            line -> {
              throw failure;
            });
    assertThatThrownBy(() -> broken.record("m", "c", 1)).isSameAs(failure);
    assertThat(broken.dropped()).isZero();
  }

  @Test
  void optionsThatCannotWorkAreRefused() {
    refuses(
        () -> MeterLogOptions.DEFAULT.withMarker("a\"b"),
        "marker 'a\"b' must be printable ASCII without quotes and backslashes");
    refuses(
        () -> MeterLogOptions.DEFAULT.withMaxLineBytes(0), "maxLineBytes must be 1 or more, not 0");
  }

  private void withOptions(MeterLogOptions options) {
    MeterLog.to(lines::add, options).record("m", "c", 1);
  }

  private static void refuses(Runnable call, String why) {
    assertThatIllegalArgumentException().isThrownBy(call::run).withMessage(why);
  }
}
