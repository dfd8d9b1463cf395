package io.meterline.aws;

import static java.util.Objects.requireNonNull;

import io.meterline.core.Secret;
import java.util.Optional;

/** Which credentials requests are signed with. */
public sealed interface AwsCredentials {
  /** What the SDK finds by itself: environment, profile, the role of the function or machine. */
  record Chain() implements AwsCredentials {}

  /** A key pair. */
  record KeyPair(String accessKey, Secret secretKey) implements AwsCredentials {
    public KeyPair {
      requireNonNull(secretKey, "secretKey is null");
      if (accessKey.isBlank()) {
        throw new IllegalArgumentException("the access key is blank");
      }
    }

    @Override
    public String toString() {
      return "KeyPair(secret)";
    }
  }

  /**
   * A key pair in a secret of Secrets Manager: a JSON object with {@code accessKey} and {@code
   * secretKey}, or {@code ACCESS_KEY} and {@code SECRET_KEY}. It is read with the SDK's own
   * credentials, and again when the pair is refused: it may have been rotated.
   *
   * @param arn names the region too
   */
  record InSecret(String arn) implements AwsCredentials {
    public InSecret {
      if (!arn.matches("arn:[a-z-]+:secretsmanager:[a-z0-9-]+:\\d*:secret:.+")) {
        throw new IllegalArgumentException(
            // Not quoted: it may be the secret itself.
            "it is not the ARN of a secret (arn:aws:secretsmanager:REGION:ACCOUNT:secret:NAME)");
      }
    }

    String region() {
      return arn.split(":", 5)[3];
    }
  }

  /** A role that {@code from} may assume; {@code externalId} where its owner asks for one. */
  record AssumedRole(String arn, Optional<String> externalId, AwsCredentials from)
      implements AwsCredentials {
    public AssumedRole {
      requireNonNull(externalId, "externalId is null");
      requireNonNull(from, "from is null");
      if (!arn.matches("arn:[a-z-]+:iam::\\d+:role/.+")) {
        throw new IllegalArgumentException(
            "'%s' is not the ARN of a role (arn:aws:iam::ACCOUNT:role/NAME)".formatted(arn));
      }
    }

    /** Without the external id, which the role's owner treats as a secret. */
    @Override
    public String toString() {
      return "AssumedRole(%s, from %s)".formatted(arn, from);
    }
  }
}
