package io.meterline.aws;

import static java.util.Objects.requireNonNull;

import io.meterline.core.BodyFormat;
import io.meterline.core.ObjectLayout;
import io.meterline.core.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What holds for sinks and quarantines where their URI says nothing else.
 *
 * @param apiKey of receivers over HTTP
 * @param apiKeySecret the secret that holds it instead
 * @param credentials of sinks; a quarantine is the operator's own, and has the SDK's chain
 * @param region of sinks at AWS, where it is known
 * @param homeRegion of quarantines, where it is known
 * @param endpoint of S3, where it is not AWS's
 * @param acl of objects in a sink's bucket
 * @param kmsKey of objects in a sink's bucket
 * @param prefix of objects' keys in a sink
 * @param format of bodies; without one, each kind of sink has its own
 * @param maxBodyBytes of objects before compression
 * @param retryBudget how long to try again; without one, each kind of sink has its own
 * @param insecureHttp whether the key may go to another machine without TLS
 */
public record DestinationSettings(
    Optional<Secret> apiKey,
    Optional<AwsCredentials.InSecret> apiKeySecret,
    AwsCredentials credentials,
    Optional<String> region,
    Optional<String> homeRegion,
    Optional<URI> endpoint,
    Optional<String> acl,
    Optional<String> kmsKey,
    String prefix,
    Optional<BodyFormat> format,
    int maxBodyBytes,
    Optional<Duration> retryBudget,
    boolean insecureHttp) {
  public DestinationSettings {
    requireNonNull(apiKey, "apiKey is null");
    requireNonNull(apiKeySecret, "apiKeySecret is null");
    requireNonNull(credentials, "credentials is null");
    requireNonNull(region, "region is null");
    requireNonNull(homeRegion, "homeRegion is null");
    requireNonNull(endpoint, "endpoint is null");
    requireNonNull(acl, "acl is null");
    requireNonNull(kmsKey, "kmsKey is null");
    requireNonNull(prefix, "prefix is null");
    requireNonNull(format, "format is null");
    requireNonNull(retryBudget, "retryBudget is null");
  }

  /**
   * Read from variables by their names, as an entry point finds them in its environment.
   *
   * @throws IllegalArgumentException that names the variable which is wrong
   */
  public static DestinationSettings of(Map<String, String> environment) {
    var variables = new Variables(environment);
    Optional<String> given = variables.text("METERLINE_S3_REGION");
    return new DestinationSettings(
        variables.parsed("METERLINE_API_KEY", Secret::visible),
        apiKeySecret(variables),
        variables.credentials(),
        given.or(() -> Regions.of(variables)),
        variables.text("AWS_REGION").or(() -> given).or(() -> Regions.of(variables)),
        variables.parsed("METERLINE_S3_ENDPOINT", Options::endpoint),
        variables.parsed("METERLINE_S3_ACL", Options::acl),
        variables.text("METERLINE_S3_KMS_KEY"),
        variables
            .parsed("METERLINE_PREFIX", text -> new ObjectLayout(text, BodyFormat.JSON).prefix())
            .orElse(ObjectLayout.CONTRACT.prefix()),
        variables.parsed("METERLINE_FORMAT", Options::format),
        variables
            .parsed("METERLINE_MAX_BODY_BYTES", Options::positive)
            .orElse(S3Sink.DEFAULT_BOUNDS.maxBytes()),
        variables.parsed("METERLINE_RETRY_SECONDS", Options::seconds),
        variables.parsed("METERLINE_INSECURE_HTTP", Options::onOff).orElse(false));
  }

  private static Optional<AwsCredentials.InSecret> apiKeySecret(Variables variables) {
    Optional<AwsCredentials.InSecret> secret =
        variables.parsed("METERLINE_API_KEY_SECRET", AwsCredentials.InSecret::new);
    if (secret.isPresent() && variables.text("METERLINE_API_KEY").isPresent()) {
      throw new IllegalArgumentException(
          "METERLINE_API_KEY and METERLINE_API_KEY_SECRET are both set: remove one of them");
    }
    return secret;
  }

  /**
   * The same, for a sink that the receiver owns, whose bucket is in another region than this
   * process.
   */
  public DestinationSettings inRegion(String otherRegion) {
    return new DestinationSettings(
        apiKey,
        apiKeySecret,
        credentials,
        Optional.of(otherRegion),
        homeRegion.or(() -> Optional.of(otherRegion)),
        endpoint,
        acl,
        kmsKey,
        prefix,
        format,
        maxBodyBytes,
        retryBudget,
        insecureHttp);
  }

  /** The same, but for what a command's options say. */
  public DestinationSettings with(Optional<String> otherPrefix, Optional<BodyFormat> otherFormat) {
    return new DestinationSettings(
        apiKey,
        apiKeySecret,
        credentials,
        region,
        homeRegion,
        endpoint,
        acl,
        kmsKey,
        otherPrefix.orElse(prefix),
        otherFormat.or(this::format),
        maxBodyBytes,
        retryBudget,
        insecureHttp);
  }

  /** The same, but the key may go to another machine without TLS. */
  public DestinationSettings withInsecureHttp() {
    return new DestinationSettings(
        apiKey,
        apiKeySecret,
        credentials,
        region,
        homeRegion,
        endpoint,
        acl,
        kmsKey,
        prefix,
        format,
        maxBodyBytes,
        retryBudget,
        true);
  }
}
