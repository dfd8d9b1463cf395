package io.meterline.aws;

import io.meterline.core.json.JsonText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Optional;
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
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;

/**
 * The one call of Systems Manager that is needed, <a
 * href="https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameter.html">
 * GetParameter</a>. The SDK's client for it would weigh more than all the rest of the function.
 */
final class SystemsManager {
  private final SdkHttpClient http;
  private final String region;
  private final URI endpoint;

  SystemsManager(SdkHttpClient http, String region, Optional<URI> endpoint) {
    this.http = http;
    this.region = region;
    this.endpoint = endpoint.orElse(URI.create("https://ssm." + region + ".amazonaws.com/"));
  }

  /** The value of the parameter, decrypted. */
  String parameter(String name, AwsCredentialsProvider credentials) {
    byte[] body = new JsonText().member("Name", name).literal("WithDecryption", "true").end();
    SdkHttpRequest request =
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.POST)
            .uri(endpoint)
            .putHeader("Content-Type", "application/x-amz-json-1.1")
            .putHeader("Content-Length", Integer.toString(body.length))
            .putHeader("X-Amz-Target", "AmazonSSM.GetParameter")
            .build();
    SignedRequest signed =
        AwsV4HttpSigner.create()
            .sign(
                sign ->
                    sign.identity(credentials.resolveCredentials())
                        .request(request)
                        .payload(ContentStreamProvider.fromByteArray(body))
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "ssm")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, region));
    try {
      HttpExecuteResponse answer =
          http.prepareRequest(
                  HttpExecuteRequest.builder()
                      .request(signed.request())
                      .contentStreamProvider(signed.payload().orElseThrow())
                      .build())
              .call();
      return value(answer);
    } catch (IOException e) {
      throw SdkClientException.create("no answer", e);
    }
  }

  private static String value(HttpExecuteResponse answer) throws IOException {
    byte[] body = answer.responseBody().map(SystemsManager::bytes).orElseGet(() -> new byte[0]);
    int status = answer.httpResponse().statusCode();
    if (status != 200) {
      String code = field(body, "__type").map(type -> type.replaceFirst(".*#", "")).orElse("");
      throw AwsServiceException.builder()
          .message(code)
          .statusCode(code.equals("ParameterNotFound") ? 404 : status)
          .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).build())
          .build();
    }
    JsonNode parameter = JsonNode.parser().parse(body).field("Parameter").orElseThrow();
    return parameter.field("Value").orElseThrow().asString();
  }

  private static byte[] bytes(java.io.InputStream in) {
    try {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<String> field(byte[] body, String name) {
    try {
      return JsonNode.parser().parse(body).field(name).map(JsonNode::asString);
    } catch (RuntimeException notJson) {
      return Optional.empty();
    }
  }
}
