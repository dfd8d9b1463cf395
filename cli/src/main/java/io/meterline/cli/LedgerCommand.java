package io.meterline.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The commands that fill and keep a ledger. */
@Command(
    name = "ledger",
    header = "Fills, checks and describes a ledger of usage.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = {
      LedgerLoadCommand.class,
      LedgerCheckCommand.class,
      LedgerStatusCommand.class,
      LedgerMetersCommand.class
    },
    footer = {
      "",
      "Example:",
      "  meterline ledger load --ledger usage.ledger out",
      "  meterline usage --ledger usage.ledger --meter api-calls --from 2026-11-01 --to 2026-12-01"
    })
final class LedgerCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  /** Without a command there is nothing to do but to say which there are. */
  @Override
  public Integer call() {
    CommandLine commandLine = spec.commandLine();
    commandLine.usage(commandLine.getErr());
    return ExitCode.WRONG_USAGE;
  }
}
