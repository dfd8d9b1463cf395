package io.meterline.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The program: picks the command, and turns what goes wrong into one line and an exit code. */
@Command(
    name = "meterline",
    description = "Extracts usage meters from logs, each exactly once.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = {
      DemoCommand.class,
      ExtractCommand.class,
      RunCommand.class,
      TryMappingCommand.class,
      SuggestMappingCommand.class,
      LedgerCommand.class,
      UsageCommand.class,
      ServeCommand.class
    },
    footer = {
      "",
      "Exit codes: 0 done, 1 failed, 2 wrong usage, 3 done with quarantined records (--strict).",
      "'meterline COMMAND --help' tells more of a command, with an example."
    })
final class Meterline implements Callable<Integer> {
  @Spec private CommandSpec spec;

  /** Runs one command line and exits with its code. */
  public static void main(String[] arguments) {
    boolean debug = "1".equals(System.getenv("METERLINE_DEBUG"));
    System.exit(commandLine(debug, System.getenv()).execute(arguments));
  }

  /** The parser with all commands, in an empty environment. */
  static CommandLine commandLine(boolean debug) {
    return commandLine(debug, Map.of());
  }

  /** The parser with all commands; with {@code debug}, a failure shows its stack trace. */
  static CommandLine commandLine(boolean debug, Map<String, String> environment) {
    var complaints = new Complaints(debug);
    return new CommandLine(new Meterline(), new Parts(environment))
        .setParameterExceptionHandler(complaints)
        .setExecutionExceptionHandler(complaints);
  }

  /** Without a command there is nothing to do but to say which there are. */
  @Override
  public Integer call() {
    CommandLine commandLine = spec.commandLine();
    commandLine.usage(commandLine.getErr());
    return ExitCode.WRONG_USAGE;
  }
}
