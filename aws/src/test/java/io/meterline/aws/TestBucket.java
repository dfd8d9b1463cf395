package io.meterline.aws;

import io.meterline.core.Secret;
import io.meterline.core.retry.Retries;
import io.meterline.testing.RecordTexts;
import io.meterline.testing.RecordedWaits;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Object;

/** A new bucket in a store, and the wire to it. */
final class TestBucket {
  final String name = "ingest-" + UUID.randomUUID();
  final FaultyHttp http = new FaultyHttp();
  final AwsClients clients;
  final RecordedWaits waits = new RecordedWaits();
  private final URI endpoint;
  private final AwsCredentials credentials;
  private final S3Client reader;

  TestBucket(URI endpoint, String accessKey, String secretKey) {
    this.endpoint = endpoint;
    this.credentials = new AwsCredentials.KeyPair(accessKey, new Secret(secretKey));
    this.clients = new AwsClients(http, Optional.of(endpoint));
    this.reader = patient(endpoint, CredentialsSource.of(credentials, "us-west-2", clients));
    reader.createBucket(
        request ->
            request
                .bucket(name)
                .createBucketConfiguration(where -> where.locationConstraint("us-west-2")));
  }

  /**
   * A client that tries again, as the agent's does by itself: a store closes an idle connection
   * just when a request is on its way, and thousands of puts meet that now and then.
   */
  private static S3Client patient(URI endpoint, CredentialsSource credentials) {
    return S3Client.builder()
        .httpClient(new JdkTransport(Duration.ofSeconds(5), Duration.ofSeconds(30)))
        .endpointOverride(endpoint)
        .region(Region.of("us-west-2"))
        .credentialsProvider(credentials.provider())
        .forcePathStyle(true)
        .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
        .overrideConfiguration(all -> all.retryStrategy(tries -> tries.maxAttempts(10)))
        .build();
  }

  S3Bucket bucket() {
    return bucket(credentials);
  }

  S3Bucket bucket(AwsCredentials others) {
    return new S3Bucket(
        name, "us-west-2", Optional.of(endpoint), Optional.empty(), Optional.empty(), others);
  }

  /** Within the usual budget, and taking no time. */
  Retries retries() {
    return new Retries(AwsRetries.within(AwsRetries.DEFAULT_BUDGET), waits, new Random(3));
  }

  void put(String key, byte[] body) {
    reader.putObject(request -> request.bucket(name).key(key), RequestBody.fromBytes(body));
  }

  void delete(String key) {
    reader.deleteObject(request -> request.bucket(name).key(key));
  }

  List<String> keys() {
    return reader.listObjectsV2(request -> request.bucket(name)).contents().stream()
        .map(S3Object::key)
        .toList();
  }

  ResponseBytes<GetObjectResponse> object(String key) {
    return reader.getObjectAsBytes(request -> request.bucket(name).key(key));
  }

  /** The record texts of each object. */
  List<List<String>> objects() throws IOException {
    List<List<String>> objects = new ArrayList<>();
    for (String key : keys()) {
      objects.add(RecordTexts.ofMaybeGzip(object(key).asByteArray()));
    }
    return objects;
  }
}
