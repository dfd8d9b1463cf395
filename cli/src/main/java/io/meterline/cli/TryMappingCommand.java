package io.meterline.cli;

import io.meterline.core.Limits;
import io.meterline.core.Origin;
import io.meterline.core.event.Source;
import io.meterline.core.find.Markers;
import io.meterline.core.input.InputFormat;
import io.meterline.core.input.Sources;
import io.meterline.core.lines.LineContext;
import io.meterline.mapping.BuiltinRules;
import io.meterline.mapping.Rules;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows for each event of a sample what rules make of it: nothing is written anywhere. */
@Command(
    name = "try-mapping",
    header = "Shows what rules make of sample lines.",
    description = {
      "For each event: which rule takes it, the record made, or why there is none. Then the rules",
      "that took nothing. Exits with 3 where something could not be made and --strict is given."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footer = {
      "",
      "Example:",
      "  meterline try-mapping --watch rules.yaml app.log",
      "  meterline try-mapping --json builtin:nginx-combined access.log"
    })
final class TryMappingCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(names = "--json", description = "One JSON object per event, and one with the counts.")
  private boolean json;

  @Option(names = "--watch", description = "Run again whenever the rules or a sample change.")
  private boolean watch;

  @Option(names = "--strict", description = "Exit with 3 if a record could not be made.")
  private boolean strict;

  @Option(
      names = "--owner",
      paramLabel = "ACCOUNT",
      description = "The AWS account to assume for plain lines.")
  private String owner = "";

  @Option(
      names = "--log-group",
      paramLabel = "NAME",
      description = "The log group to assume for plain lines.")
  private String logGroup = "";

  @Parameters(
      index = "0",
      paramLabel = "RULES",
      description = "A rule file, or builtin:NAME for one that comes with Meterline.")
  private String rules = "";

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "SAMPLE",
      description = "Input as for extract: lines, payloads or events; - for standard input.")
  private List<String> samples = List.of();

  @Override
  public Integer call() throws IOException {
    if (!watch) {
      return once();
    }
    if (samples.contains(StandardInput.ARGUMENT)) {
      throw new ParameterException(
          spec.commandLine(), "--watch: standard input can be read only once");
    }
    List<Path> watched =
        Stream.concat(Stream.of(rules), samples.stream())
            .filter(file -> !file.startsWith(BuiltinRules.PREFIX))
            .map(Path::of)
            .toList();
    try (SavedFiles saved = SavedFiles.watch(watched)) {
      do {
        again();
      } while (saved.await());
    }
    return ExitCode.DONE;
  }

  /** What is wrong while someone is editing is said, and does not end the watch. */
  private void again() {
    try {
      once();
    } catch (UnusableRules e) {
      spec.commandLine().getErr().println(e.getMessage());
    } catch (IOException | UncheckedIOException e) {
      // An editor that replaces a file leaves a moment without it.
      spec.commandLine().getErr().println("meterline: " + Complaints.reason(e));
    }
  }

  private int once() throws IOException {
    Rules read = MappingOption.read(rules, spec.commandLine());
    PrintWriter out = spec.commandLine().getOut();
    TrialReport report = json ? new TrialJson(out) : new TrialText(out, isTerminal());
    TrialCounts counts = new TrialCounts(read.names());
    for (String sample : samples) {
      MappingTrial trial = new MappingTrial(read, event -> report.event(counts.add(event), event));
      try (Source source = open(sample, trial)) {
        while (source.next(trial.findings())) {
          // Each event is told as it comes.
        }
      }
    }
    report.end(counts);
    out.flush();
    return strict && counts.failures() > 0 ? ExitCode.QUARANTINED : ExitCode.DONE;
  }

  private Source open(String sample, MappingTrial trial) throws IOException {
    Sources sources = new Sources(Markers.DEFAULT, Limits.DEFAULT, trial);
    Origin origin = new Origin(owner, logGroup, "");
    if (sample.equals(StandardInput.ARGUMENT)) {
      return sources.open(
          StandardInput.open(),
          InputFormat.AUTO,
          StandardInput.context(origin, StandardInput.name()));
    }
    Path path = Path.of(sample);
    InputStream in = Files.newInputStream(path);
    try {
      String name = path.toAbsolutePath().normalize().toString();
      return sources.open(in, InputFormat.AUTO, new LineContext(origin, name, null));
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  @SuppressWarnings("SystemConsoleNull") // In Java 25 it is null again where there is none.
  private static boolean isTerminal() {
    Console console = System.console();
    return console != null && console.isTerminal();
  }
}
