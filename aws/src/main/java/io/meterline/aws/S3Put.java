package io.meterline.aws;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.utils.http.SdkHttpUtils;

/**
 * PutObject, as <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html">S3's
 * REST API</a> has it, with the SDK's credentials, signer and exceptions. The SDK's client for S3
 * does the same, but loading it takes more of a function's cold start than all the rest.
 */
final class S3Put {
  private static final Pattern CODE = Pattern.compile("<Code>([^<]{1,100})</Code>");

  /** A name that can be part of a host's; one with a dot in it would not match the certificate. */
  private static final Pattern HOST_LABEL = Pattern.compile("[a-z0-9][a-z0-9-]{1,61}[a-z0-9]");

  private final S3Bucket bucket;
  private final SdkHttpClient http;
  private final AwsCredentialsProvider credentials;
  private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();

  S3Put(S3Bucket bucket, SdkHttpClient http, AwsCredentialsProvider credentials) {
    this.bucket = bucket;
    this.http = http;
    this.credentials = credentials;
  }

  /**
   * Puts an object.
   *
   * @throws AwsServiceException where S3 answers that it did not
   * @throws SdkClientException where it is not known whether it did
   */
  void put(String key, Map<String, String> headers, ByteBuffer body) {
    SdkHttpRequest.Builder request =
        SdkHttpRequest.builder().method(SdkHttpMethod.PUT).uri(uri(key));
    headers.forEach(request::putHeader);
    request.putHeader("Content-Length", Integer.toString(body.remaining()));
    // The transport decides whether it asks: see there.
    request.putHeader("Expect", "100-continue");
    ContentStreamProvider payload =
        () ->
            new ByteArrayInputStream(
                body.array(), body.arrayOffset() + body.position(), body.remaining());
    SignedRequest signed = signed(request.build(), payload);
    HttpExecuteRequest execute =
        HttpExecuteRequest.builder()
            .request(signed.request())
            .contentStreamProvider(signed.payload().orElse(payload))
            .build();
    try {
      HttpExecuteResponse response = http.prepareRequest(execute).call();
      byte[] text = text(response);
      if (!response.httpResponse().isSuccessful()) {
        throw failure(response.httpResponse(), text);
      }
    } catch (IOException e) {
      throw SdkClientException.create("the request failed: " + e.getMessage(), e);
    }
  }

  private SignedRequest signed(SdkHttpRequest request, ContentStreamProvider payload) {
    boolean plain = request.protocol().equals("http");
    return signer.sign(
        sign ->
            sign.identity(credentials.resolveCredentials())
                .request(request)
                .payload(payload)
                .putProperty(AwsV4FamilyHttpSigner.SERVICE_SIGNING_NAME, "s3")
                .putProperty(AwsV4HttpSigner.REGION_NAME, bucket.region())
                // A key's path is signed as it is.
                .putProperty(AwsV4FamilyHttpSigner.DOUBLE_URL_ENCODE, false)
                .putProperty(AwsV4FamilyHttpSigner.NORMALIZE_PATH, false)
                // TLS and Content-MD5 guard the body; without TLS the signature does.
                .putProperty(AwsV4FamilyHttpSigner.PAYLOAD_SIGNING_ENABLED, plain)
                .putProperty(AwsV4FamilyHttpSigner.CHUNK_ENCODING_ENABLED, false));
  }

  URI uri(String key) {
    String path = SdkHttpUtils.urlEncodeIgnoreSlashes(key);
    if (bucket.endpoint().isPresent()) {
      String endpoint = bucket.endpoint().get().toString().replaceFirst("/$", "");
      return URI.create(endpoint + "/" + bucket.name() + "/" + path);
    }
    String suffix = PartitionMetadata.of(Region.of(bucket.region())).dnsSuffix();
    String host = "s3." + bucket.region() + "." + suffix;
    return HOST_LABEL.matcher(bucket.name()).matches()
        ? URI.create("https://" + bucket.name() + "." + host + "/" + path)
        : URI.create("https://" + host + "/" + bucket.name() + "/" + path);
  }

  private static byte[] text(HttpExecuteResponse response) throws IOException {
    if (response.responseBody().isEmpty()) {
      return new byte[0];
    }
    try (InputStream body = response.responseBody().get()) {
      return body.readAllBytes();
    }
  }

  private static AwsServiceException failure(SdkHttpResponse response, byte[] text) {
    Matcher code = CODE.matcher(new String(text, StandardCharsets.UTF_8));
    AwsErrorDetails details =
        AwsErrorDetails.builder()
            .errorCode(code.find() ? code.group(1) : "")
            .serviceName("S3")
            .sdkHttpResponse(response)
            .build();
    return AwsServiceException.builder()
        .awsErrorDetails(details)
        .statusCode(response.statusCode())
        .build();
  }
}
