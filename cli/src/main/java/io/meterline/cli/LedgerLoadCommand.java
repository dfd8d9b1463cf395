package io.meterline.cli;

import io.meterline.ledger.Ledger;
import io.meterline.ledger.LoadReport;
import io.meterline.ledger.place.ObjectSource;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Loads ingest objects into a ledger, each once, however often it is run. */
@Command(
    name = "load",
    header = "Loads ingest objects into a ledger, each once.",
    description = {
      "Objects end in .json, .ndjson or .jsonl, with .gz where they are compressed. What is below",
      "quarantine/ or failed-requests/, or hidden, is passed over. A line of counts goes to",
      "standard error. Buckets are read with the keys and options with which 'run' writes them."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footer = {
      "",
      "Examples:",
      "  meterline ledger load --ledger usage.ledger out",
      "  meterline ledger load --ledger usage.ledger 's3://my-bucket/ingest?region=eu-west-1'"
    })
final class LedgerLoadCommand implements Callable<Integer> {
  private static final String ENDED_EARLY =
      "ended before everything was loaded: what is loaded stays loaded, and the next load continues from there";

  @Spec private CommandSpec spec;
  @Mixin private LedgerOption ledger;

  @Option(names = "--strict", description = "Exit with 3 if something was put into quarantine.")
  private boolean strict;

  @Parameters(
      arity = "1..*",
      paramLabel = "PLACE",
      description = "A folder, an object's file, or s3://BUCKET/PREFIX?region=…&endpoint=….")
  private List<String> places = List.of();

  private final LedgerPlaces known;

  LedgerLoadCommand(LedgerPlaces known) {
    this.known = known;
  }

  @Override
  public Integer call() throws IOException {
    boolean failed = false;
    boolean aside = false;
    Map<String, ObjectSource> sources = new LinkedHashMap<>();
    for (String place : places) {
      sources.put(place, open(place));
    }
    PrintWriter words = spec.commandLine().getErr();
    try (EarlyEnd _ = new EarlyEnd(words, ENDED_EARLY);
        Ledger opened = ledger.openOrMake()) {
      for (var source : sources.entrySet()) {
        LoadReport report = load(opened, source.getValue());
        words.println(source.getValue().place() + ": " + report);
        failed |= !report.isComplete();
        aside |= report.keptAside();
        if (report.broken() > 0 && new File(source.getKey()).isFile()) {
          words.println("meterline: " + source.getKey() + ": not loaded");
          failed = true;
        }
      }
    }
    return failed ? ExitCode.FAILED : strict && aside ? ExitCode.QUARANTINED : ExitCode.DONE;
  }

  private ObjectSource open(String place) throws IOException {
    try {
      return known.open(place);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private LoadReport load(Ledger opened, ObjectSource source) throws IOException {
    try (LoadProgress progress = LoadProgress.over(source, spec.commandLine().getErr())) {
      return opened.load(source, progress);
    }
  }
}
