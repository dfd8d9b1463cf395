package io.meterline.benchmarks;

import io.meterline.core.Limits;
import io.meterline.core.Origin;
import io.meterline.core.find.Extractor;
import io.meterline.core.find.Findings;
import io.meterline.core.find.Markers;
import io.meterline.core.record.LogEvent;
import io.meterline.core.rule.Mapping;
import io.meterline.mapping.BadRules;
import io.meterline.mapping.RuleFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Log events a second that rules make records of, through all of extraction: at least 150,000 with
 * one rule of five expressions over JSON lines, and no more than half as much again with twenty
 * rules, of which one takes the event.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
@State(Scope.Benchmark)
public class MappingBenchmark {
  private static final int EVENTS = 1_000;
  private static final Origin ORIGIN = new Origin("123456789012", "/app/service-7", "stream");

  /** How many rules there are, and how events are told apart by them. */
  @Param({"none", "one", "twenty-by-group", "twenty-by-word", "interpreted", "regex"})
  public String rules = "one";

  private final LogEvent event = new LogEvent();
  private final byte[][] lines = new byte[EVENTS][];
  private final byte[] id =
      "36676523411564325672341890761234567890123456789012345678"
          .getBytes(StandardCharsets.US_ASCII);
  private final Findings out = new Findings();
  private Extractor extractor = new Extractor(Markers.DEFAULT, Limits.DEFAULT);

  @Setup
  public void start() throws BadRules, IOException {
    for (int i = 0; i < EVENTS; i++) {
      lines[i] = line(i).getBytes(StandardCharsets.UTF_8);
    }
    extractor = new Extractor(Markers.DEFAULT, Limits.DEFAULT, mapping());
    extract();
    if (out.entriesFound() > 0) {
      throw new IllegalStateException("the benchmark's own lines are refused");
    }
  }

  private static String line(int number) {
    return "{\"level\":\"INFO\",\"time\":%d,\"requestId\":\"5d3f8a%06d\",\"service\":\"service-7\",\"msg\":\"request done\",\"tenant\":\"c-%d\",\"method\":\"GET\",\"route\":\"/v1/items\",\"status\":%d,\"bytes\":%d.50,\"durationMs\":%d}"
        .formatted(
            1_663_096_905_062L + number,
            number,
            number % 50,
            200 + number % 3,
            number * 17,
            number % 90);
  }

  private Mapping mapping() throws BadRules {
    return switch (rules) {
      case "none" -> Mapping.NONE;
      case "interpreted" -> rules(1, i -> "", "line.tenant.substring(0)");
      case "regex" -> RuleFile.read("regex", REGEX);
      case "one" -> rules(1, i -> "    contains: '\"service-7\"'\n", "line.tenant");
      case "twenty-by-group" ->
          rules(20, i -> "    logGroup: /app/service-" + i + "\n", "line.tenant");
      default -> rules(20, i -> "    contains: '\"service-" + i + "\"'\n", "line.tenant");
    };
  }

  private static final String REGEX =
      """
      rules:
        - name: regex
          regex: '"tenant":"(?P<tenant>[^"]*)","method":"(?P<method>[A-Z]+)","route":"(?P<route>[^"]*)","status":(?P<status>[0-9]+),"bytes":(?P<bytes>[0-9.]+)'
          record:
            meterApiName: "'requests'"
            customerId: captured.tenant
            meterValue: decimal(captured.bytes)
            dimensions: {method: captured.method, route: captured.route}
      """;

  private static Mapping rules(int count, IntFunction<String> filter, String customer)
      throws BadRules {
    StringBuilder text = new StringBuilder("rules:\n");
    for (int i = 0; i < count; i++) {
      text.append("  - name: rule-").append(i).append('\n');
      text.append(filter.apply(count == 1 ? 7 : i));
      text.append("    json: true\n    record:\n");
      text.append("      meterApiName: \"'bytes'\"\n");
      text.append("      customerId: ").append(customer).append('\n');
      text.append("      meterValue: line.bytes\n");
      text.append("      meterTimeInMillis: line.time\n");
      text.append("      dimensions:\n        route: line.method + ' ' + line.route\n");
    }
    return RuleFile.read("benchmark", text.toString());
  }

  @Benchmark
  @OperationsPerInvocation(EVENTS)
  public long extract() throws IOException {
    for (byte[] line : lines) {
      event.from(ORIGIN).plainMessage(line, 0, line.length).id(id, 0, id.length).timestamp(5);
      extractor.extract(event, out);
    }
    long found = out.recordsFound();
    out.clearRecords();
    return found;
  }
}
