package io.meterline.aws;

import java.io.IOException;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;

/** Gets credentials, and gets them anew. */
interface CredentialsSource {
  /** What the SDK's clients sign with. */
  AwsCredentialsProvider provider();

  /** Makes sure that the provider has some, or says in words why not. */
  void prepare() throws IOException;

  /** Gets them anew, because they were refused; whether there are others now. */
  default boolean renew() throws IOException {
    return false;
  }

  /**
   * The source of these credentials; nothing is read before they are needed.
   *
   * @param region of STS, where a role is to be assumed
   */
  static CredentialsSource of(AwsCredentials credentials, String region, AwsClients clients) {
    return switch (credentials) {
      case AwsCredentials.Chain chain -> new Found(DefaultCredentialsProvider.builder().build());
      case AwsCredentials.KeyPair pair ->
          new Found(
              StaticCredentialsProvider.create(
                  AwsBasicCredentials.create(pair.accessKey(), pair.secretKey().reveal())));
      case AwsCredentials.InSecret secret -> new SecretKeys(secret, clients);
      case AwsCredentials.AssumedRole role ->
          new RoleKeys(role, of(role.from(), region, clients), region, clients);
    };
  }

  /** Credentials that are given, or that the SDK finds and keeps fresh by itself. */
  record Found(AwsCredentialsProvider provider) implements CredentialsSource {
    @Override
    public void prepare() throws IOException {
      try {
        provider.resolveCredentials();
      } catch (SdkException e) {
        throw new IOException(
            "no AWS credentials found: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, a profile or"
                + " a role; for a sink also ACCESS_KEY and SECRET_KEY",
            e);
      }
    }
  }
}
