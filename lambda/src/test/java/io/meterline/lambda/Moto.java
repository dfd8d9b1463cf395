package io.meterline.lambda;

import io.meterline.core.json.JsonCursor;
import io.meterline.core.json.JsonText;
import io.meterline.testing.MotoServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.client.builder.SdkSyncClientBuilder;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** An account at moto's server, with a bucket for records and one for quarantine. */
final class Moto implements AutoCloseable {
  static final String INGEST = "ingest-bucket";
  static final String QUARANTINE = "quarantine-bucket";

  private static final String REGION = "us-west-2";
  private static final int NESTING = 64;

  private final MotoServer server = MotoServer.start();
  private final S3Client s3 = with(S3Client.builder().forcePathStyle(true)).build();

  Moto() {
    for (String bucket : List.of(INGEST, QUARANTINE)) {
      s3.createBucket(
          request ->
              request
                  .bucket(bucket)
                  .createBucketConfiguration(where -> where.locationConstraint(REGION)));
    }
  }

  /** What an agent that works here finds in its environment. */
  Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>();
    environment.put("INGEST_BUCKET_NAME", INGEST);
    environment.put("ACCESS_KEY", "test-access-key");
    environment.put("SECRET_KEY", "test-secret-key");
    environment.put("METERLINE_QUARANTINE", "s3://" + QUARANTINE + "/quarantine");
    environment.put("METERLINE_S3_ENDPOINT", server.endpoint().toString());
    environment.put("AWS_REGION", REGION);
    environment.put("AWS_ACCESS_KEY_ID", "function-access-key");
    environment.put("AWS_SECRET_ACCESS_KEY", "function-secret-key");
    return environment;
  }

  CloudWatchLogsClient logs() {
    return with(CloudWatchLogsClient.builder()).build();
  }

  KinesisClient kinesis() {
    return with(KinesisClient.builder()).build();
  }

  private <B extends AwsClientBuilder<B, ?> & SdkSyncClientBuilder<B, ?>> B with(B builder) {
    return builder
        .endpointOverride(server.endpoint())
        .region(Region.of(REGION))
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
        .httpClientBuilder(UrlConnectionHttpClient.builder());
  }

  URI endpoint() {
    return server.endpoint();
  }

  /** Keeps a text in the ingest bucket. */
  void put(String key, String text) {
    s3.putObject(request -> request.bucket(INGEST).key(key), RequestBody.fromString(text));
  }

  /** Keeps a text as an encrypted parameter of Systems Manager. */
  void parameter(String name, String text) throws IOException, InterruptedException {
    byte[] body =
        new JsonText()
            .member("Name", name)
            .member("Value", text)
            .member("Type", "SecureString")
            .end();
    HttpRequest request =
        HttpRequest.newBuilder(endpoint())
            .header("X-Amz-Target", "AmazonSSM.PutParameter")
            .header("Content-Type", "application/x-amz-json-1.1")
            // By its credential's scope moto knows the service.
            .header(
                "Authorization",
                "AWS4-HMAC-SHA256 Credential=test/20260101/%s/ssm/aws4_request".formatted(REGION))
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new IOException(answer.body());
      }
    }
  }

  /** The keys of all objects in a bucket. */
  List<String> keys(String bucket) {
    return s3.listObjectsV2Paginator(request -> request.bucket(bucket)).contents().stream()
        .map(S3Object::key)
        .toList();
  }

  /** The texts of all records in the ingest bucket, as often as they are there. */
  List<String> records() {
    List<String> records = new ArrayList<>();
    for (String key : keys(INGEST)) {
      if (!key.startsWith("ingest/records/")) {
        continue;
      }
      byte[] body = s3.getObjectAsBytes(request -> request.bucket(INGEST).key(key)).asByteArray();
      JsonCursor in = JsonCursor.strict();
      in.reset(body, 0, body.length);
      in.pass();
      do {
        int from = in.at();
        in.value(NESTING);
        records.add(new String(Arrays.copyOfRange(body, from, in.at()), StandardCharsets.UTF_8));
      } while (in.more(']'));
    }
    return records;
  }

  /** All entries in quarantine. */
  List<String> quarantined() {
    return keys(QUARANTINE).stream()
        .map(key -> s3.getObjectAsBytes(request -> request.bucket(QUARANTINE).key(key)))
        .flatMap(object -> object.asUtf8String().lines())
        .toList();
  }

  @Override
  public void close() {
    s3.close();
    server.close();
  }
}
