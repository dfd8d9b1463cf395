package io.meterline.cli;

import io.meterline.MeterSink;
import io.meterline.PartLimits;
import io.meterline.Quarantine;
import io.meterline.pipeline.Checkpoints;
import io.meterline.pipeline.FileRun;
import io.meterline.pipeline.RunReport;
import io.meterline.pipeline.StreamRun;
import io.meterline.source.Source;
import io.meterline.source.Sources;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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
      "  zcat app.log.gz | meterline run --from - --to s3://bucket"
    })
final class RunCommand implements Callable<Integer> {
  private static final String ENDED_EARLY =
      "ended before all was delivered: what is delivered stays, the next run goes on from there";
  private static final String STREAM_ENDED_EARLY = "ended before all was delivered";

  @Spec private CommandSpec spec;
  @Mixin private InputOptions input;
  @Mixin private DeliveryOptions delivery;

  @Option(
      names = "--from",
      required = true,
      paramLabel = "URI",
      description =
          "file: with a file, a folder or a glob (files that are gzip are opened), or - for "
              + "standard input.")
  private String from = "";

  @Option(names = "--strict", description = "Exit with 3 where something was quarantined.")
  private boolean strict;

  private boolean failed;

  @Override
  public Integer call() throws IOException {
    RunReport report = from.equals(StandardInput.ARGUMENT) ? stream() : files();
    spec.commandLine().getErr().println(report);
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
    FilePattern pattern = FilePattern.of(from, "--from", spec.commandLine());
    List<Path> files = pattern.files(delivery.ownFolder());
    if (files.isEmpty()) {
      throw new IOException(from + ": no file there");
    }
    // All that wrong usage can be found in, before anything is made.
    Sources sources = input.sources();
    PartLimits limits = delivery.limits();
    Quarantine quarantine = delivery.quarantine();
    MeterSink sink = delivery.sink(quarantine);
    sayWhereQuarantineIs();
    try (EarlyEnd _ = new EarlyEnd(spec.commandLine().getErr(), ENDED_EARLY);
        Checkpoints checkpoints = Checkpoints.open(delivery.state());
        FileProgress progress = FileProgress.over(files)) {
      FileRun run =
          new FileRun(sources, input.form(), input.origin(), sink, quarantine, checkpoints, limits);
      for (Path file : files) {
        deliver(run, file, progress);
      }
      return run.total();
    }
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
        words.println(file + ": nothing new");
      }
    } catch (IOException e) {
      words.println("meterline: " + Complaints.reason(file.toString(), e));
      failed = true;
    }
  }
}
