package io.meterline.aws;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.client.builder.SdkSyncClientBuilder;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sts.StsClient;

/** The SDK's clients, over one HTTP client, and without retries of their own. */
public final class AwsClients {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(30);

  private final SdkHttpClient http;
  private final Optional<URI> credentialsEndpoint;

  AwsClients() {
    this(new JdkTransport(CONNECT_TIMEOUT, ANSWER_TIMEOUT), Optional.empty());
  }

  /**
   * @param credentialsEndpoint where STS and Secrets Manager answer, if not at AWS
   */
  public AwsClients(SdkHttpClient http, Optional<URI> credentialsEndpoint) {
    this.http = http;
    this.credentialsEndpoint = credentialsEndpoint;
  }

  /** What requests go over. */
  SdkHttpClient http() {
    return http;
  }

  S3Client s3(String region, Optional<URI> endpoint, AwsCredentialsProvider credentials) {
    return with(S3Client.builder(), region, endpoint, credentials)
        .forcePathStyle(endpoint.isPresent())
        // Each put has its Content-MD5; the SDK's own checksum is a trailer that not all stores
        // know.
        .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
        .build();
  }

  SqsClient sqs(String region, Optional<URI> endpoint, AwsCredentialsProvider credentials) {
    return with(SqsClient.builder(), region, endpoint, credentials).build();
  }

  StsClient sts(String region, AwsCredentialsProvider credentials) {
    return with(StsClient.builder(), region, credentialsEndpoint, credentials).build();
  }

  SecretsManagerClient secrets(String region, AwsCredentialsProvider credentials) {
    return with(SecretsManagerClient.builder(), region, credentialsEndpoint, credentials).build();
  }

  private <B extends AwsClientBuilder<B, ?> & SdkSyncClientBuilder<B, ?>> B with(
      B builder, String region, Optional<URI> endpoint, AwsCredentialsProvider credentials) {
    endpoint.ifPresent(builder::endpointOverride);
    return builder
        .httpClient(http)
        .region(Region.of(region))
        .credentialsProvider(credentials)
        .overrideConfiguration(all -> all.retryStrategy(AwsRetryStrategy.doNotRetry()));
  }
}
