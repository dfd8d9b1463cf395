package io.meterline.cli;

import io.meterline.ledger.LedgerCheck;
import io.meterline.ledger.LedgerSettings;
import io.meterline.ledger.LoadListener;
import io.meterline.ledger.place.ObjectSource;
import io.meterline.ledger.store.LedgerInUse;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Verifies a ledger against the objects it was loaded from. */
@Command(
    name = "check",
    header = "Verifies a ledger against the objects it was loaded from.",
    description = {
      "Reads all objects again from where they were, and compares counts, totals and content.",
      "Lists the places it was loaded from as well, and reports what is there and not loaded.",
      "Needs about as much room on disk as the ledger, beside it. Findings go to standard output.",
      "Exit codes: 0 all is well, 1 there are differences, 3 objects are not loaded or not at hand."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footer = {
      "",
      "Examples:",
      "  meterline ledger check --ledger usage.ledger",
      "  meterline ledger check --ledger usage.ledger 's3://my-bucket/ingest?region=eu-west-1'"
    })
final class LedgerCheckCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private LedgerOption ledger;

  @Parameters(
      arity = "0..*",
      paramLabel = "PLACE",
      description = "More places to look for objects in, whether or not they were loaded before.")
  private List<String> more = List.of();

  private final LedgerPlaces places;

  LedgerCheckCommand(LedgerPlaces places) {
    this.places = places;
  }

  @Override
  public Integer call() throws IOException {
    PrintWriter words = spec.commandLine().getErr();
    LedgerCheck check = new LedgerCheck(ledger.file(), LedgerSettings.DEFAULT, places::open);
    List<ObjectSource> sources = new ArrayList<>();
    for (String place : more) {
      sources.add(open(place));
    }
    LedgerCheck.Outcome outcome;
    try {
      outcome =
          check.run(
              sources,
              new LoadListener() {
                @Override
                public void complaint(String key, String why) {
                  words.println("meterline: " + key + ": " + why);
                }
              });
    } catch (LedgerInUse e) {
      throw ledger.explained(e);
    }
    outcome.differences().forEach(spec.commandLine().getOut()::println);
    outcome.findings().forEach(spec.commandLine().getOut()::println);
    if (outcome.delivered() > 0) {
      words.println(
          "meterline: %d objects came by request and lie at no place: their rows are not compared"
              .formatted(outcome.delivered()));
    }
    words.println(
        "verified=%d not-at-hand=%d differences=%d not-loaded=%d"
            .formatted(
                outcome.verified(),
                outcome.missing(),
                outcome.differences().size(),
                outcome.notLoaded()));
    if (!outcome.differences().isEmpty()) {
      return ExitCode.FAILED;
    }
    return outcome.isComplete() ? ExitCode.DONE : ExitCode.INCOMPLETE;
  }

  private ObjectSource open(String place) throws IOException {
    try {
      return places.open(place);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }
}
