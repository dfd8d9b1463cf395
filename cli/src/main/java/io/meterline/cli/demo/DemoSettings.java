package io.meterline.cli.demo;

import static java.util.Objects.requireNonNull;

import io.meterline.mapping.Rules;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a demo does.
 *
 * @param port of the API; 0 takes one that is free; empty takes the first free one from 8080 on
 * @param requests how many calls it makes by itself
 * @param badPercent of the lines logged, how many are broken on their way to the log group
 * @param exits whether it ends when all has arrived
 * @param folder what keeps everything; empty for one that is removed at the end
 * @param chaos whether agents crash, batches are cut anew, puts fail and deliveries come twice
 * @param rules that make records of the API's access log; empty for none
 * @param seed of all that is drawn by lot
 */
public record DemoSettings(
    OptionalInt port,
    int requests,
    double badPercent,
    boolean exits,
    Optional<Path> folder,
    boolean chaos,
    Optional<Rules> rules,
    long seed) {
  public DemoSettings {
    requireNonNull(port, "port is null");
    requireNonNull(folder, "folder is null");
    requireNonNull(rules, "rules is null");
    if (requests < 0) {
      throw new IllegalArgumentException("requests is " + requests);
    }
    if (!(badPercent >= 0 && badPercent <= 100)) {
      throw new IllegalArgumentException("badPercent is " + badPercent + ", not 0 to 100");
    }
  }
}
