package io.meterline.core.find;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.meterline.core.Limits;
import io.meterline.samples.JsonStrings;
import io.meterline.samples.Lines;
import io.meterline.samples.Payload;
import java.lang.management.ManagementFactory;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The work grows as the input does, also for inputs that were made to hurt. */
final class WorkTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int SMALL = 2_500;
  private static final int TIMES = 16;

  /** What is linear takes about 16 times as long, what is quadratic 256 times. */
  private static final int MOST_TIMES_THE_WORK = 90;

  private static final int WARM_UP = 10;

  /** Below this, times say nothing. */
  private static final long NOISE_NANOS = 20_000_000;

  static Stream<Arguments> inputs() {
    String record = Lines.record("u");
    return Stream.of(
        input("markers alone", n -> "meter_record_for_cw ".repeat(n)),
        input("markers with brackets and no quotes", n -> "meter_record_for_cw{".repeat(n)),
        input(
            "brackets, and backslashes before the one quote",
            n -> "meter_record_for_cw{".repeat(n) + "\\".repeat(20 * n) + "\""),
        input(
            "brackets, and one nested quote at the end",
            n -> "meter_record_for_cw{".repeat(n) + "\\\""),
        input("arrays that are not closed", n -> "meter_record_for_cw[1,".repeat(n)),
        input("records that are cut off", n -> "meter_record_for_cw{\"a\":{".repeat(n)),
        input("nested records that are cut off", n -> "meter_record_for_cw{\\\"a\\\":{".repeat(n)),
        input("fillers", n -> "meter_record_for_cw" + " ".repeat(20 * n)),
        input("many records", n -> Lines.bare(record).repeat(n)),
        input(
            "many nested records in one string",
            n -> "{\"m\":" + JsonStrings.quoted(Lines.bare(record).repeat(n)) + "}"),
        input(
            "many records three strings deep",
            n -> JsonStrings.nested(Lines.bare(record).repeat(n), 3)),
        input(
            "one array of many records",
            n -> "meter_record_for_cw[" + (record + ",").repeat(n) + "1]"),
        input(
            "one nested array of many records",
            n -> JsonStrings.nested("meter_record_for_cw[" + (record + ",").repeat(n) + "1]", 2)),
        input("one array of nothing", n -> "meter_record_for_cw[" + "{},".repeat(n) + "1]"),
        input("one long record", n -> "meter_record_for_cw{\"a\":[" + "1,".repeat(n) + "1]}"),
        input(
            "one long nested record with a fault at its end",
            n -> JsonStrings.nested("meter_record_for_cw{\"a\":[" + "1,".repeat(n) + "x]}", 3)),
        input(
            "many values",
            n ->
                "meter_record_for_cw{\"customerId\":\"c\",\"values\":{"
                    + "\"v\":1e1,".repeat(n)
                    + "\"v\":1}}"),
        input(
            "many dimensions",
            n -> "meter_record_for_cw{\"dimensions\":{" + "\"d\":1,".repeat(n) + "\"d\":1}}"),
        input(
            "a number of many digits",
            n ->
                "meter_record_for_cw{\"meterApiName\":\"m\",\"customerId\":\"c\",\"meterValue\":"
                    + "1".repeat(n)
                    + "e1}"),
        input(
            "a blank customer",
            n ->
                "meter_record_for_cw{\"meterApiName\":\"m\",\"meterValue\":1,\"customerId\":\""
                    + "\\t".repeat(n)
                    + "\"}"),
        input("half escapes", n -> "meter_record_for_cw{\\\"a\\\":\\\"" + "\\\\ud83d".repeat(n)));
  }

  private static Arguments input(String says, IntFunction<String> ofSize) {
    return Arguments.of(says, ofSize);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("inputs")
  void sixteenTimesTheInputIsNowhereNear256TimesTheWork(String says, IntFunction<String> ofSize) {
    byte[] small = Payload.of(ofSize.apply(SMALL)).bytes();
    byte[] large = Payload.of(ofSize.apply(SMALL * TIMES)).bytes();
    Work first = Work.on(small);
    for (int i = 0; i < WARM_UP; i++) {
      // Code that is not compiled yet is slow, and would hide how much slower the large input is.
      first = first.orLess(Work.on(small));
    }
    Work second = Work.on(large);
    assertThat(second.bytes())
        .as("bytes allocated: " + says)
        .isLessThan(MOST_TIMES_THE_WORK * first.bytes());
    assertThat(second.nanos())
        .as("nanoseconds of processor: " + says)
        .isLessThan(MOST_TIMES_THE_WORK * Math.max(NOISE_NANOS, first.nanos()));
  }

  /** What reading took: processor time, since other processes may be at work as well. */
  private record Work(long nanos, long bytes) {
    Work orLess(Work other) {
      return new Work(Math.min(nanos, other.nanos), Math.min(bytes, other.bytes));
    }

    static Work on(byte[] payload) {
      Limits limits = new Limits(64 * 1024 * 1024, 64 * 1024 * 1024, 1);
      long bytes = THREADS.getCurrentThreadAllocatedBytes();
      long nanos = THREADS.getCurrentThreadCpuTime();
      Harvest harvest = Harvest.ofPayload(payload, limits);
      long took = THREADS.getCurrentThreadCpuTime() - nanos;
      assertThat(harvest.payloads()).isEqualTo(1);
      return new Work(took, THREADS.getCurrentThreadAllocatedBytes() - bytes);
    }
  }
}
