package io.meterline.cli;

import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/** Makes the parts of commands, and hands the environment to those that are set by it. */
record Parts(Map<String, String> environment) implements IFactory {
  @Override
  public <T> T create(Class<T> part) throws Exception {
    return part == DeliveryOptions.class
        ? part.cast(new DeliveryOptions(environment))
        : CommandLine.defaultFactory().create(part);
  }
}
