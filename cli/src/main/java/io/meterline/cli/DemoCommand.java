package io.meterline.cli;

import io.meterline.cli.demo.Demo;
import io.meterline.cli.demo.DemoSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs all of Meterline on this machine, and proves that what was sent has arrived. */
@Command(
    name = "demo",
    header = "Runs all of Meterline on this machine: a metered API, agents, bucket and ledger.",
    description = {
      "The API meters each call by the method in its path: direct-api, direct-s3, direct-sqs,",
      "cw-subscriber or stream-subscriber. At the end, by --exit or Ctrl-C, a table tells what was",
      "sent and what the folders hold of it; the exit code is 1 where something is missing.",
      "API Gateway's access log has a line for each call: --mapping makes records of these too."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footer = {
      "",
      "Example:",
      "  meterline demo --requests 200 --exit",
      "  meterline demo --chaos --requests 5000 --bad 2 --exit",
      "  meterline demo --dir out",
      "  meterline demo --mapping builtin:api-gateway-json --requests 200 --exit",
      "  curl -d '{\"customerId\":\"c1\",\"value\":1.10}' http://127.0.0.1:8080/direct-s3"
    })
final class DemoCommand implements Callable<Integer> {
  private static final Duration LONGEST_END = Duration.ofSeconds(30);

  @Spec private CommandSpec spec;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description =
          "The port of the API, reachable from this machine only; 0 for any free port. "
              + "Default: 8080, or the next free one.")
  private @Nullable Integer port;

  @Option(
      names = "--requests",
      paramLabel = "N",
      description = "Make N calls, over all methods in turn.")
  private int requests;

  @Option(
      names = "--bad",
      paramLabel = "PERCENT",
      description = "The percentage of logged lines to break; these belong in quarantine.")
  private double badPercent;

  @Option(
      names = "--exit",
      description = "Exit when all calls were made and everything has arrived.")
  private boolean exits;

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description =
          "Keep buckets, ledger and the log of the agents in DIR, which must be new or "
              + "empty. Default: a temporary folder that is removed at the end.")
  private @Nullable Path folder;

  @Option(
      names = "--chaos",
      description =
          "Crash agents, redeliver batches in other cuts, and fail puts before and after "
              + "they took place.")
  private boolean chaos;

  @Option(
      names = "--seed",
      paramLabel = "SEED",
      description = "The seed of calls and chaos. Default: another one each time.")
  private @Nullable Long seed;

  @Mixin private MappingOption mapping = new MappingOption();

  @Override
  public Integer call() throws IOException {
    Demo demo =
        new Demo(
            settings(),
            spec.commandLine().getOut(),
            spec.commandLine().getErr(),
            // Only the launcher can tell: Java knows of standard input and output alone.
            Boolean.getBoolean("meterline.stderr.terminal"));
    CompletableFuture<Integer> ended = new CompletableFuture<>();
    Thread end = new Thread(() -> end(demo, ended));
    Runtime.getRuntime().addShutdownHook(end);
    try {
      int code = demo.run() ? ExitCode.DONE : ExitCode.FAILED;
      ended.complete(code);
      return code;
    } finally {
      ended.complete(ExitCode.FAILED);
    }
  }

  private DemoSettings settings() {
    if (port != null && (port < 0 || port > 65_535)) {
      throw wrong("--port: %d is not from 0 to 65535".formatted(port));
    }
    if (requests < 0) {
      throw wrong("--requests: %d is negative".formatted(requests));
    }
    if (!(badPercent >= 0 && badPercent <= 100)) {
      throw wrong("--bad: %s is not from 0 to 100".formatted(badPercent));
    }
    return new DemoSettings(
        port == null ? OptionalInt.empty() : OptionalInt.of(port),
        requests,
        badPercent,
        exits,
        Optional.ofNullable(folder),
        chaos,
        mapping.rules(),
        seed == null ? System.nanoTime() : seed);
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  /** Ctrl-C is how a demo is ended: its exit code tells of the table, and not of the signal. */
  private static void end(Demo demo, CompletableFuture<Integer> ended) {
    if (ended.isDone()) {
      return;
    }
    demo.stop();
    int code =
        ended.completeOnTimeout(ExitCode.FAILED, LONGEST_END.toSeconds(), TimeUnit.SECONDS).join();
    Runtime.getRuntime().halt(code);
  }
}
