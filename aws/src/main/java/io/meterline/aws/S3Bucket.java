package io.meterline.aws;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A bucket, and how objects are put into it.
 *
 * @param endpoint of a store that is not AWS's; addressed by path
 * @param acl a canned one, such as {@code bucket-owner-full-control}
 * @param kmsKey id or ARN of the key to encrypt with; else the bucket's own setting holds
 */
public record S3Bucket(
    String name,
    String region,
    Optional<URI> endpoint,
    Optional<String> acl,
    Optional<String> kmsKey,
    AwsCredentials credentials) {
  /** Where the receivers of the ingest contract have their buckets. */
  public static final String DEFAULT_REGION = "us-west-2";

  private static final Pattern OLD_NAME =
      Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{1,253}[A-Za-z0-9]");

  /** As S3's naming rules have it: also no two dots in a row, and not like an IP address. */
  private static final Pattern NAME =
      Pattern.compile(
          "(?!.*\\.\\.)(?!\\d+\\.\\d+\\.\\d+\\.\\d+$)(?!xn--)(?!sthree-)"
              + "[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");

  public S3Bucket {
    requireNonNull(endpoint, "endpoint is null");
    requireNonNull(acl, "acl is null");
    requireNonNull(kmsKey, "kmsKey is null");
    requireNonNull(credentials, "credentials is null");
    // Before 2018 the first region, and other stores still, allowed more.
    boolean isOld = endpoint.isPresent() || region.equals("us-east-1");
    if (!(isOld ? OLD_NAME : NAME).matcher(name).matches()) {
      throw new IllegalArgumentException(
          "%s is not a bucket name: that has 3 to 63 lower-case letters, digits, hyphens and dots, the first and the last a letter or digit"
              .formatted(shown(name)));
    }
    if (!region.matches("[a-z0-9-]+")) {
      throw new IllegalArgumentException(
          "'%s' is not a region, such as us-west-2".formatted(region));
    }
  }

  /** What it takes to put objects whose keys start with {@code prefix}, in words. */
  String permissions(String prefix) {
    return "s3:PutObject"
        + (acl.isPresent() ? " and s3:PutObjectAcl" : "")
        + " on arn:aws:s3:::"
        + name
        + "/"
        + prefix
        + "*"
        + kmsKey
            .map(key -> ", and kms:GenerateDataKey on " + key)
            .orElse(", and kms:GenerateDataKey where the bucket has a KMS key");
  }

  /** Other characters than those of names may be a key's, by mistake. */
  private static String shown(String name) {
    return name.matches("[A-Za-z0-9._-]*") ? "'" + name + "'" : "this name";
  }
}
