package io.meterline.cli;

import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/** Makes the parts of commands, and hands the environment to those that are set by it. */
record Parts(Map<String, String> environment) implements IFactory {
  @Override
  public <T> T create(Class<T> part) throws Exception {
    if (part == DeliveryOptions.class) {
      return part.cast(new DeliveryOptions(environment));
    }
    if (part == AskedLedger.class) {
      return part.cast(new AskedLedger(environment));
    }
    if (part == LedgerLoadCommand.class) {
      return part.cast(new LedgerLoadCommand(new LedgerPlaces(environment)));
    }
    if (part == LedgerCheckCommand.class) {
      return part.cast(new LedgerCheckCommand(new LedgerPlaces(environment)));
    }
    if (part == ServeCommand.class) {
      return part.cast(new ServeCommand(new LedgerPlaces(environment)));
    }
    return CommandLine.defaultFactory().create(part);
  }
}
