package io.meterline.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * What is sent is what the SDK's own client would send; but in us-east-1 to the region's own
 * endpoint, not to the global one of old.
 */
final class S3PutTest {
  private static final byte[] BODY = "[1]".getBytes(StandardCharsets.UTF_8);
  private static final AwsCredentialsProvider CREDENTIALS =
      StaticCredentialsProvider.create(AwsSessionCredentials.create("access", "secret", "session"));

  private final List<SdkHttpRequest> requests = new ArrayList<>();

  @ParameterizedTest
  @CsvSource({
    "records, us-west-2, , ingest/records/2026-07-01/0123.json",
    "records, cn-north-1, , a/b",
    "records, eu-central-1, , 'a b/ü+~*=&%/c.json'",
    "my.records, us-west-2, , a/b.json",
    "records, us-west-2, https://s3.example.org, a/b.json",
    "records, us-west-2, https://s3.example.org:9000/, a/b.json",
  })
  void aPutIsThatOfTheSdksClient(String name, String region, String endpoint, String key) {
    S3Bucket bucket =
        new S3Bucket(
            name,
            region,
            Optional.ofNullable(endpoint).map(URI::create),
            Optional.empty(),
            Optional.empty(),
            new AwsCredentials.Chain());
    var clients = new AwsClients(new Recorder(), Optional.empty());

    new S3Put(bucket, clients.http(), CREDENTIALS)
        .put(
            key,
            Map.of("If-None-Match", "*", "Content-Type", "application/json"),
            ByteBuffer.wrap(BODY));
    clients
        .s3(region, bucket.endpoint(), CREDENTIALS)
        .putObject(
            put -> put.bucket(name).key(key).ifNoneMatch("*").contentType("application/json"),
            RequestBody.fromBytes(BODY));

    assertThat(requests.get(0).getUri()).isEqualTo(requests.get(1).getUri());
    assertThat(headers(requests.get(0))).isEqualTo(headers(requests.get(1)));
  }

  /** All that the store reads, without what tells one request from the next. */
  private static Map<String, List<String>> headers(SdkHttpRequest request) {
    Map<String, List<String>> headers = new TreeMap<>();
    request.forEachHeader((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values));
    for (String own : List.of("amz-sdk-invocation-id", "amz-sdk-request", "user-agent")) {
      headers.remove(own);
    }
    headers.computeIfPresent(
        "authorization",
        (name, values) ->
            List.of(
                values
                    .getFirst()
                    .replaceFirst("/\\d{8}/", "/day/")
                    .replaceFirst("SignedHeaders=.*", "")));
    headers.computeIfPresent("x-amz-date", (name, values) -> List.of("now"));
    return headers;
  }

  private final class Recorder implements SdkHttpClient {
    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
      requests.add(request.httpRequest());
      return new ExecutableHttpRequest() {
        @Override
        public HttpExecuteResponse call() {
          return HttpExecuteResponse.builder()
              .response(SdkHttpResponse.builder().statusCode(200).build())
              .responseBody(AbortableInputStream.createEmpty())
              .build();
        }

        @Override
        public void abort() {
          // Nothing goes on in the background.
        }
      };
    }

    @Override
    public void close() {
      // Nothing is open.
    }
  }
}
