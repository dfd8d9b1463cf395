package io.meterline.cli;

import io.meterline.ledger.LedgerQuestions;
import io.meterline.ledger.usage.DefinitionFile;
import io.meterline.ledger.usage.MeterDefinition;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists the meters of a ledger, and says what they mean. */
@Command(
    name = "meters",
    header = "Lists the meters of a ledger, and their definitions.",
    description = {
      "A meter that nobody defined is summed. A definition counts for what is asked from then on;",
      "no record is changed by it."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footer = {
      "",
      "Example:",
      "  meterline ledger meters --ledger usage.ledger --define meters.yaml",
      "",
      "with meters.yaml:",
      "  meters:",
      "    api-calls: {aggregation: SUM, unit: calls}",
      "    active-users: {aggregation: UNIQUE_COUNT, over: userId, unit: users}"
    })
final class LedgerMetersCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private AskedLedger ledger;

  @Option(
      names = "--define",
      paramLabel = "FILE",
      description = {
        "YAML with definitions, which replace those that the same meters have.",
        "aggregation: SUM, COUNT, MIN, MAX, AVG, UNIQUE_COUNT (over: a dimension) or LATEST."
      })
  private @Nullable Path definitions;

  @Override
  public Integer call() throws IOException {
    List<MeterDefinition> defined = definitions == null ? List.of() : read(definitions);
    try (LedgerQuestions opened = definitions == null ? ledger.open() : ledger.openOrMake()) {
      for (String warning : opened.define(defined)) {
        spec.commandLine().getErr().println("meterline: " + warning);
      }
      for (MeterDefinition meter : opened.meters()) {
        spec.commandLine().getOut().println(line(meter));
      }
    }
    return ExitCode.DONE;
  }

  private static List<MeterDefinition> read(Path file) throws IOException {
    String yaml = BoundedText.read(file, DefinitionFile.MOST_CHARACTERS);
    try {
      return DefinitionFile.read(yaml);
    } catch (IOException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }

  private static String line(MeterDefinition meter) {
    String over = meter.over().isEmpty() ? "" : " over " + meter.over();
    String unit = meter.unit().isEmpty() ? "" : " in " + meter.unit();
    return meter.meter() + ": " + meter.aggregation().word() + over + unit;
  }
}
