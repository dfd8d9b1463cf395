package io.meterline.cli;

import io.meterline.core.MeterSink;
import io.meterline.core.PartLimits;
import io.meterline.core.Quarantine;
import io.meterline.core.delivery.BrokenSource;
import io.meterline.core.delivery.DeliveryReport;
import io.meterline.core.delivery.LiveInput;
import io.meterline.core.delivery.StreamRun;
import io.meterline.core.event.Source;
import io.meterline.core.files.Checkpoints;
import io.meterline.core.files.FileNames;
import io.meterline.core.files.FileOptions;
import io.meterline.core.files.FileRun;
import io.meterline.core.files.FollowRun;
import io.meterline.core.files.Settings;
import io.meterline.core.input.Sources;
import io.meterline.core.lines.LineContext;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Delivers the meter records in log material, each once, however often it is run. */
@Command(
    name = "run",
    header = "Delivers the meter records in logs, each once.",
    description =
        "Writes ingest objects. Killed at any point and run again over files, it goes on "
            + "where it was: each record is delivered once. Standard input is another source each "
            + "time: piped in again, its records are delivered again, and count once only where "
            + "they have a uniqueId and a time of their own. It is delivered as it comes, and what "
            + "was read is delivered before the run ends, also by Ctrl-C or SIGTERM.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footer = {
      "",
      "Example:",
      "  meterline run --from 'file:/var/log/app/*.log' --to dir:out",
      "  meterline run --follow --from 'file:/var/log/app/*.log' --to s3://bucket",
      "  zcat app.log.gz | meterline run --from - --to s3://bucket",
      "  tail -F app.log | meterline run --from - --to https://host/ingest"
    })
final class RunCommand implements Callable<Integer> {
  private static final String ENDED_EARLY =
      "ended before all was delivered: what is delivered stays, the next run goes on from there";
  private static final String NOT_DELIVERED =
      " records that were found in standard input were not delivered, and what followed was not"
          + " read: pipe them in again, and set METERLINE_RETRY_SECONDS if the receiver needs longer";
  private static final int MOST_BATCH_SECONDS = 86_400;

  /** So many files are held open at most while they are followed. */
  private static final int MOST_OPEN = 500;

  @Spec private CommandSpec spec;
  @Mixin private InputOptions input;
  @Mixin private DeliveryOptions delivery;
  @Mixin private LogFileOptions logFiles;

  @Option(
      names = "--from",
      required = true,
      paramLabel = "URI",
      description =
          "file: with a file, a folder or a glob (gzip is opened), or - for standard " + "input.")
  private String from = "";

  @Option(
      names = "--batch-seconds",
      paramLabel = "N",
      description =
          "With --follow and --from -: how long a record waits for its batch to fill. "
              + "Default: ${DEFAULT-VALUE}.")
  private int batchSeconds = 10;

  @Option(names = "--strict", description = "Exit with 3 if something was quarantined.")
  private boolean strict;

  private boolean failed;

  @Override
  public Integer call() throws IOException {
    if (batchSeconds < 1 || batchSeconds > MOST_BATCH_SECONDS) {
      throw new ParameterException(
          spec.commandLine(),
          "--batch-seconds must be between 1 and %d, not %d"
              .formatted(MOST_BATCH_SECONDS, batchSeconds));
    }
    boolean standardInput = from.equals(StandardInput.ARGUMENT);
    if (logFiles.follow()) {
      if (standardInput) {
        throw new ParameterException(
            spec.commandLine(),
            "--follow is for files: standard input is delivered as it comes anyway");
      }
      return follow();
    }
    return standardInput ? stream() : ended(files());
  }

  /** Says what the run came to, and returns the exit code. */
  private int ended(DeliveryReport report) {
    PrintWriter words = spec.commandLine().getErr();
    input.assumedZone().ifPresent(words::println);
    if (!report.reasons().isEmpty()) {
      words.println(ReasonCounts.text(report.reasons()) + " in " + delivery.quarantinePlace());
    }
    words.println(report);
    boolean quarantined = strict && report.quarantined() > 0;
    return failed ? ExitCode.FAILED : quarantined ? ExitCode.QUARANTINED : ExitCode.DONE;
  }

  private int stream() throws IOException {
    Sources sources = input.sources();
    PartLimits limits = delivery.limits();
    Quarantine quarantine = delivery.quarantine();
    MeterSink sink = delivery.sink(quarantine);
    delivery.check();
    sayWhereThingsGo();
    String name = StandardInput.name();
    StreamRun run =
        new StreamRun(
            sink,
            quarantine,
            limits,
            Duration.ofSeconds(batchSeconds),
            InstantSource.system(),
            "stdin:" + name);
    try (LiveInput in = new LiveInput(StandardInput.open());
        SignalledEnd end = new SignalledEnd(in)) {
      in.whileIdle(run::deliverDue);
      LineContext lines = StandardInput.context(input.origin(), name);
      try {
        end.run(
            () -> {
              try (Source source = open(sources, in, lines)) {
                run.deliver(source);
              }
            });
      } catch (BrokenSource e) {
        fail(Complaints.reason("standard input", e.reason()));
      } catch (IOException | UncheckedIOException e) {
        fail(Complaints.reason(e));
      }
      if (run.report().undelivered() > 0) {
        fail(run.report().undelivered() + NOT_DELIVERED);
      }
      return ended(run.report());
    }
  }

  private Source open(Sources sources, LiveInput in, LineContext lines) throws BrokenSource {
    try {
      return sources.open(in, input.form(), lines);
    } catch (IOException e) {
      throw new BrokenSource(e);
    }
  }

  private void fail(String why) {
    spec.commandLine().getErr().println("meterline: " + why);
    failed = true;
  }

  private DeliveryReport files() throws IOException {
    List<Path> files = found(pattern());
    if (files.isEmpty() && !failed) {
      throw new IOException(from + ": no file there");
    }
    PrintWriter words = spec.commandLine().getErr();
    FileSink sink = fileSink();
    try (EarlyEnd _ = new EarlyEnd(words, ENDED_EARLY);
        Checkpoints checkpoints = Checkpoints.open(delivery.state());
        FileProgress progress = FileProgress.over(files)) {
      FileRun run = sink.run(checkpoints);
      for (Path file : files) {
        deliver(run, file, progress);
      }
      return run.total();
    }
  }

  /** Ends by a signal, and so with its exit code. */
  private int follow() throws IOException {
    FilePattern pattern = pattern();
    PrintWriter words = spec.commandLine().getErr();
    FileSink sink = fileSink();
    try (FollowLoop loop = new FollowLoop(words);
        Checkpoints checkpoints = Checkpoints.open(delivery.state())) {
      FileRun run = sink.run(checkpoints);
      FollowRun.Pace pace =
          new FollowRun.Pace(
              Duration.ofSeconds(batchSeconds), delivery.limits().maxBytes(), MOST_OPEN);
      Troubles troubles = new Troubles(words);
      try (FollowRun following =
          new FollowRun(
              run,
              () -> troubles.newOf(() -> pattern.filesSoFar(delivery.ownFolder())),
              InstantSource.system(),
              pace,
              troubles)) {
        failed |= !loop.follow(following);
      }
      return ended(run.total());
    }
  }

  private FilePattern pattern() {
    return FilePattern.of(from, "--from", spec.commandLine());
  }

  private List<Path> found(FilePattern pattern) throws IOException {
    FoundFiles found = pattern.files(delivery.ownFolder());
    for (String unreadable : found.unreadable()) {
      spec.commandLine().getErr().println("meterline: " + unreadable + "; the rest is processed");
      failed = true;
    }
    return found.files();
  }

  /** All that wrong usage can be found in, before anything is made. */
  private FileSink fileSink() throws IOException {
    Sources sources = input.sources();
    PartLimits limits = delivery.limits();
    Quarantine quarantine = delivery.quarantine();
    MeterSink sink = delivery.sinkOfFiles(quarantine);
    delivery.check();
    sayWhereThingsGo();
    PrintWriter words = spec.commandLine().getErr();
    Settings settings = new Settings(input.lookedFor(), delivery.objectOptions());
    FileOptions options = logFiles.options(settings, line -> words.println("meterline: " + line));
    return checkpoints ->
        new FileRun(
            sources, input.form(), input.origin(), sink, quarantine, checkpoints, limits, options);
  }

  /** Where the records of files go. */
  private interface FileSink {
    FileRun run(Checkpoints checkpoints);
  }

  private void sayWhereThingsGo() {
    delivery.unusualPlace().ifPresent(spec.commandLine().getErr()::println);
    delivery
        .unnamedQuarantine()
        .ifPresent(
            folder ->
                spec.commandLine()
                    .getErr()
                    .println("what can't be taken goes to " + folder + " (see --quarantine)"));
  }

  private void deliver(FileRun run, Path file, FileProgress progress) {
    try {
      DeliveryReport report = run.deliver(file, progress.of(file));
      if (report.isNothingNew()) {
        String what =
            report.events() == 0
                ? "nothing new"
                : "%d log events read, no record in them".formatted(report.events());
        spec.commandLine().getErr().println(FileNames.printable(file) + ": " + what);
      }
    } catch (IOException e) {
      fail(problem(file, e));
    }
  }

  /** What went wrong with a file, in one line that names it, or the other file that it was. */
  static String problem(Path file, IOException failure) {
    String name = FileNames.printable(file);
    String reason = Complaints.reason(name, failure);
    // The locale may have garbled the name in what Java says.
    String garbled = file + ": ";
    return reason.startsWith(garbled) ? name + ": " + reason.substring(garbled.length()) : reason;
  }
}
