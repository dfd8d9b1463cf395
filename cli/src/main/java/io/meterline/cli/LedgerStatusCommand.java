package io.meterline.cli;

import io.meterline.ledger.LedgerQuestions;
import io.meterline.ledger.LedgerStatus;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Tells how much a ledger holds. */
@Command(
    name = "status",
    header = "Shows how much a ledger holds.",
    description = {
      "quarantined: records and objects that the ledger refused. undelivered: entries in the",
      "quarantine of its places, which 'run' or an agent could make no record of."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footer = {"", "Example:", "  meterline ledger status --ledger usage.ledger"})
final class LedgerStatusCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private AskedLedger ledger;

  @Override
  public Integer call() throws IOException {
    try (LedgerQuestions opened = ledger.open()) {
      LedgerStatus status = opened.status();
      PrintWriter out = spec.commandLine().getOut();
      out.println("objects      " + status.objects());
      out.println("records      " + status.records());
      out.println("rows         " + status.rows());
      out.println("duplicates   " + status.duplicates());
      out.println("conflicts    " + status.conflicts());
      out.println("quarantined  " + status.quarantined());
      out.println("undelivered  " + status.undelivered());
      out.println("meters       " + status.meters());
      out.println("customers    " + status.customers());
      out.println("oldest       " + time(status.oldest()));
      out.println("newest       " + time(status.newest()));
      out.println("loaded       " + time(status.loadedAt()));
      out.println("bytes        " + opened.bytes());
      out.println("format       " + status.format());
    }
    return ExitCode.DONE;
  }

  private static String time(long millis) {
    return millis == 0 ? "-" : Instant.ofEpochMilli(millis).toString();
  }
}
