package io.meterline.cli;

import io.meterline.ledger.LedgerCheck;
import io.meterline.ledger.LedgerSettings;
import io.meterline.ledger.LoadListener;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Verifies a ledger against the objects it was loaded from. */
@Command(
    name = "check",
    header = "Verifies a ledger against the objects it was loaded from.",
    description = {
      "Reads all objects again from where they were, and compares counts, totals and content.",
      "Needs about as much room on disk as the ledger, beside it. Differences go to standard",
      "output and make the exit code 1."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footer = {"", "Example:", "  meterline ledger check --ledger usage.ledger"})
final class LedgerCheckCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private LedgerOption ledger;

  private final LedgerPlaces places;

  LedgerCheckCommand(LedgerPlaces places) {
    this.places = places;
  }

  @Override
  public Integer call() throws IOException {
    PrintWriter words = spec.commandLine().getErr();
    LedgerCheck check = new LedgerCheck(ledger.file(), LedgerSettings.DEFAULT, places::open);
    LedgerCheck.Outcome outcome =
        check.run(
            new LoadListener() {
              @Override
              public void complaint(String key, String why) {
                words.println("meterline: " + key + ": " + why);
              }
            });
    outcome.differences().forEach(spec.commandLine().getOut()::println);
    words.println(
        "verified=%d not-at-hand=%d differences=%d"
            .formatted(outcome.verified(), outcome.missing(), outcome.differences().size()));
    return outcome.differences().isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
  }
}
