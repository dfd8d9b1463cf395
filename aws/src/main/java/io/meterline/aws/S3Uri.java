package io.meterline.aws;

import io.meterline.core.BodyFormat;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** What a URI {@code s3://BUCKET/PREFIX?options} says. */
record S3Uri(
    S3Bucket bucket,
    Optional<String> prefix,
    Optional<BodyFormat> format,
    Optional<Integer> maxBytes) {
  private static final List<String> QUARANTINE_OPTIONS =
      List.of("acl", "endpoint", "external-id", "kms", "region", "role", "secret");
  private static final List<String> SINK_OPTIONS =
      List.of(
          "acl",
          "endpoint",
          "external-id",
          "format",
          "kms",
          "max-bytes",
          "region",
          "role",
          "secret");

  static S3Uri sink(String uri, DestinationSettings settings) {
    DestinationUri parsed = DestinationUri.of(uri, "s3://", SINK_OPTIONS);
    Options options = parsed.options();
    return of(
        parsed,
        settings.region(),
        options.has("endpoint") ? Optional.empty() : settings.endpoint(),
        options.text("acl").or(settings::acl),
        options.text("kms").or(settings::kmsKey),
        settings.credentials());
  }

  static S3Uri quarantine(String uri, DestinationSettings settings) {
    DestinationUri parsed = DestinationUri.of(uri, "s3://", QUARANTINE_OPTIONS);
    Options options = parsed.options();
    return of(
        parsed,
        settings.homeRegion(),
        options.has("endpoint") ? Optional.empty() : settings.endpoint(),
        options.text("acl"),
        options.text("kms"),
        new AwsCredentials.Chain());
  }

  private static S3Uri of(
      DestinationUri uri,
      Optional<String> region,
      Optional<URI> endpoint,
      Optional<String> acl,
      Optional<String> kmsKey,
      AwsCredentials credentials) {
    Options options = uri.options();
    int slash = uri.path().indexOf('/');
    String name = slash < 0 ? uri.path() : uri.path().substring(0, slash);
    String prefix = slash < 0 ? "" : uri.path().substring(slash + 1);
    Optional<URI> store = options.parsed("endpoint", Options::endpoint).or(() -> endpoint);
    S3Bucket bucket =
        uri.checked(
            () ->
                new S3Bucket(
                    name,
                    region(options.text("region").or(() -> region), store),
                    store,
                    acl.map(Options::acl),
                    kmsKey,
                    uri.credentials(credentials)));
    return new S3Uri(
        bucket,
        Optional.of(prefix).filter(text -> !text.isEmpty()),
        options.parsed("format", Options::format),
        options.parsed("max-bytes", Options::positive));
  }

  /** Another store than AWS's has its own regions, or none. */
  private static String region(Optional<String> region, Optional<URI> endpoint) {
    if (endpoint.isPresent()) {
      return region.orElse(S3Bucket.DEFAULT_REGION);
    }
    return Regions.known(
        region.orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no region is known: add region=… to it, that of the bucket, or set"
                        + " METERLINE_S3_REGION or AWS_REGION")));
  }
}
