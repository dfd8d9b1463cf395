package io.meterline.cli;

import io.meterline.MeterSink;
import io.meterline.PartLimits;
import io.meterline.Quarantine;
import io.meterline.pipeline.Checkpoints;
import io.meterline.pipeline.FileOptions;
import io.meterline.pipeline.FileRun;
import io.meterline.pipeline.FollowRun;
import io.meterline.pipeline.RunReport;
import io.meterline.pipeline.StreamRun;
import io.meterline.source.FileNames;
import io.meterline.source.Source;
import io.meterline.source.Sources;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
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
    header = "Delivers the meter records in log material, each once.",
    description =
        "Writes ingest objects. Killed at any point and run again over files, it goes on "
            + "where it was: each record is delivered once. Standard input is another source each "
            + "time: piped in again, its records are delivered again, and count once only where "
            + "they have a uniqueId and a time of their own.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footer = {
      "",
      "Example:",
      "  meterline run --from 'file:/var/log/app/*.log' --to dir:out",
      "  meterline run --follow --from 'file:/var/log/app/*.log' --to s3://bucket",
      "  zcat app.log.gz | meterline run --from - --to s3://bucket"
    })
final class RunCommand implements Callable<Integer> {
  private static final String ENDED_EARLY =
      "ended before all was delivered: what is delivered stays, the next run goes on from there";

  /** So many files are held open at most while they are followed. */
  private static final int MOST_OPEN = 500;

  private static final String STREAM_ENDED_EARLY = "ended before all was delivered";

  @Spec private CommandSpec spec;
  @Mixin private InputOptions input;
  @Mixin private DeliveryOptions delivery;
  @Mixin private LogFileOptions logFiles;

  @Option(
      names = "--from",
      required = true,
      paramLabel = "URI",
      description =
          "file: with a file, a folder or a glob (files that are gzip are opened), or - for "
              + "standard input.")
  private String from = "";

  @Option(
      names = "--batch-seconds",
      paramLabel = "N",
      description =
          "With --follow: how long a record waits at most for others, to be delivered together. "
              + "Default: ${DEFAULT-VALUE}.")
  private int batchSeconds = 10;

  @Option(names = "--strict", description = "Exit with 3 where something was quarantined.")
  private boolean strict;

  private boolean failed;

  @Override
  public Integer call() throws IOException {
    if (batchSeconds < 1) {
      throw new ParameterException(
          spec.commandLine(), "--batch-seconds must be 1 or more, not " + batchSeconds);
    }
    boolean standardInput = from.equals(StandardInput.ARGUMENT);
    if (logFiles.follow()) {
      if (standardInput) {
        throw new ParameterException(
            spec.commandLine(), "--follow is for files; standard input is read to its end anyway");
      }
      return follow();
    }
    RunReport report = standardInput ? stream() : files();
    spec.commandLine().getErr().println(report);
    return exitCode(report);
  }

  private int exitCode(RunReport report) {
    boolean quarantined = strict && report.quarantined() > 0;
    return failed ? ExitCode.FAILED : quarantined ? ExitCode.QUARANTINED : ExitCode.DONE;
  }

  private RunReport stream() throws IOException {
    Sources sources = input.sources();
    PartLimits limits = delivery.limits();
    Quarantine quarantine = delivery.quarantine();
    MeterSink sink = delivery.sink(quarantine);
    sayWhereQuarantineIs();
    StreamRun run = new StreamRun(sink, quarantine, limits, InstantSource.system());
    String name = StandardInput.name();
    try (EarlyEnd _ = new EarlyEnd(spec.commandLine().getErr(), STREAM_ENDED_EARLY);
        InputStream in = StandardInput.open();
        Source source =
            sources.open(in, input.form(), StandardInput.context(input.origin(), name))) {
      return run.deliver(source, "stdin:" + name);
    } catch (IOException e) {
      throw new IOException(Complaints.reason("standard input", e), e);
    }
  }

  private RunReport files() throws IOException {
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
              () -> troubles.newOf(pattern.filesSoFar(delivery.ownFolder())),
              InstantSource.system(),
              pace,
              troubles)) {
        failed |= !loop.follow(following);
      }
      words.println(run.total());
      return exitCode(run.total());
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
  private FileSink fileSink() {
    Sources sources = input.sources();
    PartLimits limits = delivery.limits();
    Quarantine quarantine = delivery.quarantine();
    MeterSink sink = delivery.sink(quarantine);
    sayWhereQuarantineIs();
    PrintWriter words = spec.commandLine().getErr();
    FileOptions options = logFiles.options(line -> words.println("meterline: " + line));
    return checkpoints ->
        new FileRun(
            sources, input.form(), input.origin(), sink, quarantine, checkpoints, limits, options);
  }

  /** Where the records of files go. */
  private interface FileSink {
    FileRun run(Checkpoints checkpoints);
  }

  private void sayWhereQuarantineIs() {
    delivery
        .unnamedQuarantine()
        .ifPresent(
            folder ->
                spec.commandLine()
                    .getErr()
                    .println("what can't be taken goes to " + folder + " (see --quarantine)"));
  }

  private void deliver(FileRun run, Path file, FileProgress progress) {
    PrintWriter words = spec.commandLine().getErr();
    try {
      RunReport report = run.deliver(file, progress.of(file));
      if (report.isNothingNew()) {
        words.println(FileNames.printable(file) + ": nothing new");
      }
    } catch (IOException e) {
      words.println("meterline: " + problem(file, e));
      failed = true;
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
