package io.meterline.cli;

import io.meterline.BodyFormat;
import io.meterline.MeterSink;
import io.meterline.ObjectLayout;
import io.meterline.PartLimits;
import io.meterline.Quarantine;
import io.meterline.QuarantineLayout;
import io.meterline.folder.FolderQuarantine;
import io.meterline.folder.FolderSink;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where records go, and in what form. */
final class DeliveryOptions {
  private static final String FOLDER = "dir:";

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--to",
      required = true,
      paramLabel = "URI",
      description = "dir: with the folder that receives the objects.")
  private String to = "";

  @Option(
      names = "--quarantine",
      paramLabel = "URI",
      description = {
        "dir: with the folder that receives what can't be taken.",
        "Default: that of --to. Objects stand below quarantine/ in it."
      })
  private @Nullable String quarantine;

  @Option(
      names = "--batch-records",
      paramLabel = "N",
      description = "The most records in an object. Default: ${DEFAULT-VALUE}.")
  private int batchRecords = 10_000;

  @Option(
      names = "--batch-bytes",
      paramLabel = "N",
      description = "The most bytes of records in an object. Default: ${DEFAULT-VALUE}.")
  private int batchBytes = 8 * 1024 * 1024;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "json, json.gz, ndjson or ndjson.gz. Default: ${DEFAULT-VALUE}.")
  private String format = BodyFormat.JSON.word();

  @Option(
      names = "--prefix",
      paramLabel = "PREFIX",
      description = "What the objects' names start with. Default: ${DEFAULT-VALUE}.")
  private String prefix = ObjectLayout.CONTRACT.prefix();

  Path folder() {
    return folder("--to", to);
  }

  MeterSink sink() {
    return new FolderSink(folder(), layout());
  }

  Quarantine quarantine() {
    Path folder = quarantine == null ? folder() : folder("--quarantine", quarantine);
    return new FolderQuarantine(folder, QuarantineLayout.DEFAULT);
  }

  PartLimits limits() {
    try {
      return new PartLimits(batchRecords, batchBytes);
    } catch (IllegalArgumentException e) {
      throw wrong("--batch-records, --batch-bytes: " + e.getMessage());
    }
  }

  private ObjectLayout layout() {
    BodyFormat body =
        BodyFormat.of(format)
            .orElseThrow(
                () -> wrong("--format: '%s' is none of %s".formatted(format, BodyFormat.words())));
    try {
      return new ObjectLayout(prefix, body);
    } catch (IllegalArgumentException e) {
      throw wrong("--prefix: " + e.getMessage());
    }
  }

  private Path folder(String option, String uri) {
    if (!uri.startsWith(FOLDER) || uri.length() == FOLDER.length()) {
      throw wrong("%s: '%s' must be dir: with a folder, such as dir:out".formatted(option, uri));
    }
    try {
      return Path.of(uri.substring(FOLDER.length())).toAbsolutePath().normalize();
    } catch (InvalidPathException e) {
      throw wrong("%s: '%s' is no path: %s".formatted(option, uri, e.getReason()));
    }
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
