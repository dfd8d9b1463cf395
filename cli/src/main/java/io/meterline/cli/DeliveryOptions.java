package io.meterline.cli;

import io.meterline.aws.DestinationSettings;
import io.meterline.aws.Destinations;
import io.meterline.core.BodyFormat;
import io.meterline.core.MeterSink;
import io.meterline.core.ObjectLayout;
import io.meterline.core.PartLimits;
import io.meterline.core.Quarantine;
import io.meterline.core.UriText;
import io.meterline.core.delivery.RefusalPolicy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where records go, and in what form. */
final class DeliveryOptions {
  /** In a folder of objects, the one that keeps how far each file was delivered. */
  static final String OWN_STATE = ".meterline";

  private final Map<String, String> environment;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--to",
      required = true,
      paramLabel = "URI",
      description =
          "Where records go: dir:FOLDER, "
              + "s3://BUCKET/PREFIX?region=…&endpoint=…&acl=…&kms=…, https://HOST/PATH (key in "
              + "METERLINE_API_KEY), sqs://REGION/ACCOUNT/NAME.fifo. Objects in a bucket are "
              + "ingest/records/DATE/…, or PREFIX/DATE/… where there is a prefix. The region is "
              + "that of the URI, or of METERLINE_S3_REGION, AWS_REGION or the AWS profile.")
  private String to = "";

  @Option(
      names = "--quarantine",
      paramLabel = "URI",
      description =
          "Where records go that can't be delivered: dir:FOLDER or s3://BUCKET/PREFIX. "
              + "Default: the folder of --to, or that of --state. Objects are under quarantine/ "
              + "in it.")
  private @Nullable String quarantine;

  @Option(
      names = "--state",
      paramLabel = "DIR",
      description =
          "The folder for checkpoints, for one destination. Default: the folder "
              + ".meterline in that of --to, or one for each destination in "
              + "~/.local/state/meterline.")
  private @Nullable Path state;

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
      description = "json, json.gz, ndjson or ndjson.gz. Default: json; over HTTP json.gz.")
  private @Nullable String format;

  @Option(
      names = "--prefix",
      paramLabel = "PREFIX",
      description = "The prefix of object names. Default: ingest/records/.")
  private @Nullable String prefix;

  @Option(
      names = "--quarantine-refused",
      description = {
        "Put records into quarantine even if the receiver of --to accepts none of a " + "batch.",
        "By default the run fails then, since a setting is probably wrong."
      })
  private boolean quarantineRefused;

  @Option(
      names = "--insecure-http",
      description =
          "Send the key in METERLINE_API_KEY to another machine over http://, where "
              + "others can read it.")
  private boolean insecureHttp;

  /**
   * @param environment what keys and settings are taken from
   */
  DeliveryOptions(Map<String, String> environment) {
    this.environment = environment;
  }

  /** The folder that keeps how far each file was delivered. */
  Path state() {
    if (state != null) {
      return state;
    }
    return folder()
        .map(folder -> folder.resolve(OWN_STATE))
        .orElseGet(() -> StateFolder.of(to, environment));
  }

  /** A folder whose files are never input: what a run writes is not read by the next one. */
  Path ownFolder() {
    return folder().orElseGet(this::state);
  }

  MeterSink sink(Quarantine refused) {
    return checked("--to", () -> destinations().sink(to, refused));
  }

  /** As above, for files: a state folder that the user named is that of one destination. */
  MeterSink sinkOfFiles(Quarantine refused) throws IOException {
    MeterSink sink = sink(refused);
    if (state == null) {
      return sink;
    }
    String absolute =
        folder().map(folder -> "dir:" + folder.toAbsolutePath().normalize()).orElse(to);
    return new StateDestination(state, absolute, sink);
  }

  /** The options that the names of objects depend on, as a user gives them. */
  String objectOptions() {
    String layout = prefix == null ? "" : " --prefix " + prefix;
    return (format == null ? "the default --format" : "--format " + format) + layout;
  }

  Quarantine quarantine() {
    String uri = quarantine == null ? "dir:" + ownFolder() : quarantine;
    return checked("--quarantine", () -> destinations().quarantine(uri));
  }

  /** Fails at once where nothing could be delivered from here: before anything is read. */
  void check() throws IOException {
    destinations().checkSink(to);
    if (quarantine != null) {
      destinations().checkQuarantine(quarantine);
    }
  }

  /** Where objects go that may be expected elsewhere; empty where the bucket has no prefix. */
  Optional<String> unusualPlace() {
    String place = to.replaceFirst("\\?.*", "").replaceFirst("/+$", "");
    return place.matches("s3://[^/]+/.+")
        ? Optional.of(
            "objects go to %s/yyyy-MM-dd/ (to ingest/records/yyyy-MM-dd/ where --to has no prefix)"
                .formatted(place))
        : Optional.empty();
  }

  /** Where quarantined records are, for a person. */
  String quarantinePlace() {
    String uri = quarantine == null ? "dir:" + ownFolder() : quarantine;
    return checked("--quarantine", () -> Destinations.quarantinePlace(uri));
  }

  /** Where quarantine goes that the user did not name and may not expect; empty where he does. */
  Optional<Path> unnamedQuarantine() {
    return quarantine == null && folder().isEmpty()
        ? Optional.of(ownFolder().resolve("quarantine"))
        : Optional.empty();
  }

  PartLimits limits() {
    if (batchRecords < 1) {
      throw wrong("--batch-records must be 1 or more, not " + batchRecords);
    }
    if (batchBytes < 1) {
      throw wrong("--batch-bytes must be 1 or more, not " + batchBytes);
    }
    return new PartLimits(batchRecords, batchBytes);
  }

  private Optional<Path> folder() {
    return checked("--to", () -> Destinations.folder(to));
  }

  private Destinations destinations() {
    DestinationSettings settings =
        checked("environment", () -> DestinationSettings.of(environment));
    DestinationSettings own = settings.with(objectPrefix(), bodyFormat());
    return new Destinations(insecureHttp ? own.withInsecureHttp() : own, refusals());
  }

  private RefusalPolicy refusals() {
    return quarantineRefused
        ? new RefusalPolicy.Quarantine()
        : new RefusalPolicy.Fail(
            "Correct the address or the key and run again; add --quarantine-refused where the"
                + " records themselves are at fault.");
  }

  private Optional<BodyFormat> bodyFormat() {
    return Optional.ofNullable(format)
        .map(
            word ->
                BodyFormat.of(word)
                    .orElseThrow(
                        () ->
                            wrong(
                                "--format: '%s' is not one of %s"
                                    .formatted(word, BodyFormat.words()))));
  }

  private Optional<String> objectPrefix() {
    String given = prefix;
    if (given == null) {
      return Optional.empty();
    }
    if (to.matches("s3://[^/?]+/[^?]+.*")) {
      throw wrong("--prefix: '%s' has a prefix already".formatted(UriText.shown(to)));
    }
    return Optional.of(
        checked("--prefix", () -> new ObjectLayout(given, BodyFormat.JSON).prefix()));
  }

  private <T> T checked(String option, Supplier<T> part) {
    try {
      return part.get();
    } catch (IllegalArgumentException e) {
      throw wrong(option + ": " + e.getMessage());
    }
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
