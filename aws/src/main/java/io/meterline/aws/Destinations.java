package io.meterline.aws;

import static java.util.Objects.requireNonNull;

import io.meterline.core.BodyFormat;
import io.meterline.core.MeterSink;
import io.meterline.core.ObjectLayout;
import io.meterline.core.PartLimits;
import io.meterline.core.Quarantine;
import io.meterline.core.QuarantineLayout;
import io.meterline.core.Suggestions;
import io.meterline.core.UriText;
import io.meterline.core.delivery.RefusalPolicy;
import io.meterline.core.folder.FolderQuarantine;
import io.meterline.core.folder.FolderSink;
import io.meterline.core.http.HttpReceiver;
import io.meterline.core.http.HttpSink;
import io.meterline.core.retry.Retries;
import io.meterline.core.retry.RetrySchedule;
import java.io.IOException;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Sinks and quarantines by their URI.
 *
 * <table>
 * <caption>The forms</caption>
 * <tr><td>{@code dir:PATH}</td><td>a folder</td></tr>
 * <tr><td>{@code s3://BUCKET/PREFIX?endpoint=…&region=…}</td><td>a bucket; options are {@code
 *     endpoint}, {@code region}, {@code acl}, {@code kms}, {@code format}, {@code max-bytes}, {@code
 *     role}, {@code external-id}, {@code secret}</td></tr>
 * <tr><td>{@code https://HOST/PATH}</td><td>a receiver over HTTP, its query its own</td></tr>
 * <tr><td>{@code sqs://REGION/ACCOUNT/NAME.fifo}, {@code sqs:URL}</td><td>a FIFO queue; options are
 *     {@code endpoint}, {@code region}, {@code group}, {@code max-bytes}, {@code role}, {@code
 *     external-id}, {@code secret}</td></tr>
 * </table>
 */
public final class Destinations {
  private static final String FOLDER = "dir:";
  private static final String S3 = "s3://";
  private static final List<String> SCHEMES =
      List.of("dir:", "s3://", "https://", "http://", "sqs:");

  private final DestinationSettings settings;
  private final RefusalPolicy refusals;

  /** Those whose sinks fail a batch of which nothing is accepted. */
  public Destinations(DestinationSettings settings) {
    this(settings, new RefusalPolicy.Fail("Correct the address or the key."));
  }

  /**
   * @param refusals what a sink does with a batch of which nothing is accepted
   */
  public Destinations(DestinationSettings settings, RefusalPolicy refusals) {
    this.settings = requireNonNull(settings, "settings is null");
    this.refusals = requireNonNull(refusals, "refusals is null");
  }

  /** The folder that the URI names; empty where it names something else. */
  public static Optional<Path> folder(String uri) {
    if (!uri.startsWith(FOLDER)) {
      return Optional.empty();
    }
    if (uri.length() == FOLDER.length()) {
      throw new IllegalArgumentException("'dir:' lacks its folder, such as dir:out");
    }
    try {
      return Optional.of(Path.of(uri.substring(FOLDER.length())).toAbsolutePath().normalize());
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("'%s' is not a path: %s".formatted(uri, e.getReason()), e);
    }
  }

  /**
   * The sink that the URI names.
   *
   * @param quarantine for records that its receiver refuses
   * @throws IllegalArgumentException where it names none, with words for the one who wrote it
   */
  public MeterSink sink(String uri, Quarantine quarantine) {
    Optional<Path> folder = folder(uri);
    if (folder.isPresent()) {
      return new FolderSink(folder.get(), layout(settings.prefix(), settings.format()));
    }
    if (uri.startsWith(S3)) {
      return s3(S3Uri.sink(uri, settings));
    }
    if (uri.startsWith("https://") || uri.startsWith("http://")) {
      return http(uri, quarantine);
    }
    if (uri.startsWith("sqs:")) {
      return new SqsFifoSink(SqsUri.queue(uri, settings), quarantine, awsRetries(), refusals);
    }
    throw unknown(uri, SCHEMES);
  }

  /**
   * Fails at once where a sink or quarantine can't be reached from here, or where there are no
   * credentials for it.
   *
   * @throws IllegalArgumentException as {@link #sink} does
   */
  public void checkSink(String uri) throws IOException {
    if (uri.startsWith(S3)) {
      check(uri, S3Uri.sink(uri, settings).bucket());
    } else if (uri.startsWith("https://") || uri.startsWith("http://")) {
      URI url = URI.create(uri);
      Preflight.host(url.getScheme() + "://" + url.getHost(), url);
    } else if (uri.startsWith("sqs:")) {
      SqsFifoQueue queue = SqsUri.queue(uri, settings);
      Preflight.host(queue.url().toString(), queue.endpoint().orElse(queue.url()));
      Preflight.credentials(queue.credentials(), queue.region(), new AwsClients());
    }
  }

  /** As above, of a quarantine. */
  public void checkQuarantine(String uri) throws IOException {
    if (uri.startsWith(S3)) {
      check(uri, S3Uri.quarantine(uri, settings).bucket());
    }
  }

  private static void check(String uri, S3Bucket bucket) throws IOException {
    AwsClients clients = new AwsClients();
    CredentialsSource credentials =
        CredentialsSource.of(bucket.credentials(), bucket.region(), clients);
    String place = uri.replaceFirst("\\?.*", "");
    Preflight.host(place, new S3Put(bucket, clients.http(), credentials.provider()).uri("x"));
    Preflight.credentials(bucket.credentials(), bucket.region(), clients);
  }

  /**
   * The quarantine that the URI names.
   *
   * @throws IllegalArgumentException where it names none, with words for the one who wrote it
   */
  public Quarantine quarantine(String uri) {
    Optional<Path> folder = folder(uri);
    if (folder.isPresent()) {
      return new FolderQuarantine(folder.get(), QuarantineLayout.DEFAULT);
    }
    if (uri.startsWith(S3)) {
      S3Uri parsed = S3Uri.quarantine(uri, settings);
      QuarantineLayout layout =
          parsed.prefix().map(QuarantineLayout::new).orElse(QuarantineLayout.DEFAULT);
      return new S3Quarantine(parsed.bucket(), layout, awsRetries());
    }
    throw unknown(uri, List.of(FOLDER, S3));
  }

  /** Where the quarantine that the URI names keeps its objects, for a person. */
  public static String quarantinePlace(String uri) {
    Optional<Path> folder = folder(uri);
    if (folder.isPresent()) {
      Path here = Path.of("").toAbsolutePath();
      Path objects = folder.get().resolve(QuarantineLayout.DEFAULT.prefix());
      return (objects.startsWith(here) ? here.relativize(objects) : objects) + "/";
    }
    String place = uri.replaceFirst("\\?.*", "").replaceFirst("/$", "") + "/";
    return place.substring(S3.length()).indexOf('/') < place.length() - S3.length() - 1
        ? place
        : place + QuarantineLayout.DEFAULT.prefix();
  }

  /**
   * A quarantine in the bucket of the sink that the URI names, below {@code quarantine/}, for those
   * who name none: written as records are.
   *
   * @throws IllegalArgumentException where the sink is no bucket or folder
   */
  public Quarantine quarantineBeside(String sinkUri) {
    Optional<Path> folder = folder(sinkUri);
    if (folder.isPresent()) {
      return new FolderQuarantine(folder.get(), QuarantineLayout.DEFAULT);
    }
    if (sinkUri.startsWith(S3)) {
      return new S3Quarantine(
          S3Uri.sink(sinkUri, settings).bucket(), QuarantineLayout.DEFAULT, awsRetries());
    }
    if (SCHEMES.stream().noneMatch(sinkUri::startsWith)) {
      throw unknown(sinkUri, SCHEMES);
    }
    throw new IllegalArgumentException(
        "'%s' can't keep what can't be delivered: set METERLINE_QUARANTINE, such as s3://BUCKET/quarantine"
            .formatted(UriText.shown(sinkUri)));
  }

  private MeterSink s3(S3Uri uri) {
    return new S3Sink(
        uri.bucket(),
        layout(uri.prefix().orElse(settings.prefix()), uri.format().or(settings::format)),
        new PartLimits(Integer.MAX_VALUE, uri.maxBytes().orElse(settings.maxBodyBytes())),
        awsRetries());
  }

  private MeterSink http(String uri, Quarantine quarantine) {
    URI url;
    try {
      url = URI.create(uri);
    } catch (IllegalArgumentException e) {
      // Without the cause, which quotes all of it.
      throw new IllegalArgumentException(
          "'%s' is not a valid URL: check it for spaces and other characters that must be escaped"
              .formatted(UriText.shown(uri)));
    }
    // Checks the URL at once, though the key may be read later.
    HttpReceiver receiver = HttpReceiver.of(url, settings.apiKey());
    boolean hasKey = settings.apiKey().isPresent() || settings.apiKeySecret().isPresent();
    if (hasKey && receiver.isReadableOnTheWay() && !settings.insecureHttp()) {
      throw new IllegalArgumentException(
          "the API key could be read on its way to %s: use https://, or allow this with --insecure-http (for an agent METERLINE_INSECURE_HTTP=1)"
              .formatted(receiver.name()));
    }
    return settings
        .apiKeySecret()
        .<MeterSink>map(
            secret ->
                new SecretApiKeySink(
                    new ApiKeySecret(secret, new AwsClients()),
                    key -> http(HttpReceiver.of(url, Optional.of(key)), quarantine)))
        .orElseGet(() -> http(receiver, quarantine));
  }

  private MeterSink http(HttpReceiver receiver, Quarantine quarantine) {
    RetrySchedule schedule = RetrySchedule.INGEST_CONTRACT;
    return new HttpSink(
        settings.format().map(receiver::with).orElse(receiver),
        quarantine,
        Retries.system(settings.retryBudget().map(schedule::within).orElse(schedule)),
        refusals);
  }

  private Retries awsRetries() {
    Duration budget = settings.retryBudget().orElse(AwsRetries.DEFAULT_BUDGET);
    return Retries.system(AwsRetries.within(budget));
  }

  private static ObjectLayout layout(String prefix, Optional<BodyFormat> format) {
    return new ObjectLayout(prefix, format.orElse(BodyFormat.JSON));
  }

  private static IllegalArgumentException unknown(String uri, List<String> schemes) {
    String scheme = uri.replaceFirst("(?s)^([A-Za-z0-9+.-]*:(?://)?)?.*", "$1");
    return new IllegalArgumentException(
        "'%s' must start with %s%s"
                .formatted(
                    UriText.shown(uri),
                    String.join(", ", schemes.subList(0, schemes.size() - 1)),
                    " or " + schemes.getLast())
            + Suggestions.hint(scheme, schemes, ""));
  }
}
