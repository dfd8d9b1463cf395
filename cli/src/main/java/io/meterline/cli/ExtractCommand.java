package io.meterline.cli;

import io.meterline.core.Quarantined;
import io.meterline.core.Reason;
import io.meterline.core.event.Source;
import io.meterline.core.files.FileNames;
import io.meterline.core.find.Findings;
import io.meterline.core.input.Sources;
import io.meterline.core.lines.LineContext;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints the meter records in log material: reads, and changes nothing. */
@Command(
    name = "extract",
    header = "Prints the meter records in logs.",
    description =
        "One JSON object per line, in the order of the input, each as soon as its line "
            + "has arrived. Counts go to stderr.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footer = {
      "",
      "Example:",
      "  meterline extract --quarantine bad.ndjson app.log kinesis-event.json",
      "  aws logs tail --follow /aws/lambda/api | meterline extract"
    })
final class ExtractCommand implements Callable<Integer> {
  private static final int BUFFER_BYTES = 64 * 1024;

  /** A step of an input holds no more entries for quarantine than this, in bytes. */
  private static final int MOST_BYTES = 16 * 1024 * 1024;

  @Spec private CommandSpec spec;
  @Mixin private InputOptions input;

  @Option(
      names = "--quarantine",
      paramLabel = "FILE",
      description =
          "The file for records that can't be extracted, one JSON object per line, with "
              + "the reason. It must be new or empty. Without this option, they are only "
              + "counted.")
  private @Nullable Path quarantine;

  @Option(names = "--append", description = "Add to the file of --quarantine.")
  private boolean append;

  @Option(names = "--strict", description = "Exit with 3 if something was quarantined.")
  private boolean strict;

  @Parameters(
      paramLabel = "FILE",
      description =
          "Kinesis and direct events of Lambda, payloads of CloudWatch Logs, or log lines; "
              + "- for standard input, which is the default.")
  private List<String> files = List.of(StandardInput.ARGUMENT);

  @Override
  public Integer call() throws IOException {
    Sources sources = input.sources();
    boolean failed = false;
    Map<Reason, Long> reasons = new EnumMap<>(Reason.class);
    try (OutputStream records =
            new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), BUFFER_BYTES);
        OutputStream refused = openQuarantine()) {
      Findings.Drain quarantined = full -> write(full.takeEntries(), reasons, refused);
      Findings findings = new Findings(MOST_BYTES, quarantined);
      RecordPrinter printer = new RecordPrinter(findings, records);
      ShowingInput.Show show =
          () -> {
            flush(refused);
            printer.show();
          };
      for (String file : files) {
        try (Source source = open(file, sources, show)) {
          read(source, findings, printer, quarantined);
        } catch (CannotWrite e) {
          throw e;
        } catch (IOException e) {
          failed = true;
          spec.commandLine()
              .getErr()
              .println("meterline: " + Complaints.reason(StandardInput.nameOf(file), e));
        }
      }
      show.show();
      say(reasons, findings);
      if (failed) {
        return ExitCode.FAILED;
      }
      return strict && findings.entriesFound() > 0 ? ExitCode.QUARANTINED : ExitCode.DONE;
    }
  }

  /** Reads one input to its end, or to where it is broken. */
  private static void read(
      Source source, Findings findings, RecordPrinter printer, Findings.Drain quarantined)
      throws IOException {
    try {
      while (source.next(findings)) {
        quarantined.drain(findings);
        printer.settle();
      }
    } finally {
      quarantined.drain(findings);
      printer.printAll();
    }
  }

  private Source open(String file, Sources sources, ShowingInput.Show show) throws IOException {
    if (file.equals(StandardInput.ARGUMENT)) {
      LineContext context = StandardInput.context(input.origin(), StandardInput.name());
      return sources.open(new ShowingInput(StandardInput.open(), show), input.form(), context);
    }
    Path path = path(file);
    if (Files.isDirectory(path)) {
      throw new FileSystemException(file, null, "a folder, where a file is expected");
    }
    LineContext context = new LineContext(input.origin(), FileNames.identity(path), null);
    FileChannel content = FileChannel.open(path);
    try {
      // A pipe has a name, too.
      return Files.isRegularFile(path)
          ? sources.open(content, input.form(), context, read -> {})
          : sources.open(
              new ShowingInput(Channels.newInputStream(content), show), input.form(), context);
    } catch (IOException e) {
      content.close();
      throw e;
    }
  }

  private Path path(String file) {
    try {
      return Path.of(file);
    } catch (InvalidPathException e) {
      throw new ParameterException(
          spec.commandLine(), "'%s' is not a path: %s".formatted(file, e.getReason()), e);
    }
  }

  private OutputStream openQuarantine() throws CannotWrite {
    if (quarantine == null) {
      if (append) {
        throw new ParameterException(spec.commandLine(), "--append needs --quarantine FILE");
      }
      return OutputStream.nullOutputStream();
    }
    try {
      for (String file : files) {
        if (Files.exists(quarantine) && isSame(quarantine, file)) {
          throw new ParameterException(
              spec.commandLine(), "--quarantine: %s is an input".formatted(quarantine));
        }
      }
      if (!append && Files.isRegularFile(quarantine) && Files.size(quarantine) > 0) {
        throw new ParameterException(
            spec.commandLine(),
            "--quarantine: %s exists and is not empty: add to it with --append, or name another file"
                .formatted(quarantine));
      }
      return new BufferedOutputStream(
          Files.newOutputStream(quarantine, StandardOpenOption.CREATE, StandardOpenOption.APPEND),
          BUFFER_BYTES);
    } catch (IOException e) {
      throw new CannotWrite("quarantine " + quarantine, e);
    }
  }

  private boolean isSame(Path there, String file) throws IOException {
    boolean named = !file.equals(StandardInput.ARGUMENT) && Files.exists(path(file));
    return named && Files.isSameFile(there, path(file));
  }

  private void write(List<Quarantined> entries, Map<Reason, Long> reasons, OutputStream out)
      throws CannotWrite {
    entries.forEach(entry -> reasons.merge(entry.reason(), 1L, Long::sum));
    if (quarantine == null) {
      return;
    }
    try {
      for (Quarantined entry : entries) {
        out.write(entry.toJson());
        out.write('\n');
      }
    } catch (IOException e) {
      throw new CannotWrite("quarantine " + quarantine, e);
    }
  }

  private void flush(OutputStream out) throws CannotWrite {
    try {
      out.flush();
    } catch (IOException e) {
      throw new CannotWrite("quarantine " + quarantine, e);
    }
  }

  private void say(Map<Reason, Long> reasons, Findings found) {
    PrintWriter words = spec.commandLine().getErr();
    input.assumedZone().ifPresent(words::println);
    if (!reasons.isEmpty()) {
      words.println(
          ReasonCounts.text(reasons)
              + (quarantine == null ? ": keep them with --quarantine FILE" : " in " + quarantine));
    }
    words.println(counts(found));
  }

  private static String counts(Findings found) {
    return "payloads=%d events=%d control=%d records=%d quarantined=%d"
        .formatted(
            found.payloads(),
            found.events(),
            found.controlMessages(),
            found.recordsFound(),
            found.entriesFound());
  }
}
