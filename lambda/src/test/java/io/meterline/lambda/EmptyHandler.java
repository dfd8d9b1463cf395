package io.meterline.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** What a function that writes to S3 costs before it does anything: the measure of a cold start. */
public final class EmptyHandler implements RequestStreamHandler {
  private final S3Client s3 =
      S3Client.builder()
          .region(Region.US_WEST_2)
          .credentialsProvider(
              StaticCredentialsProvider.create(AwsBasicCredentials.create("access", "secret")))
          .httpClientBuilder(UrlConnectionHttpClient.builder())
          .build();

  @Override
  public void handleRequest(InputStream event, OutputStream answer, Context context)
      throws IOException {
    event.readAllBytes();
    answer.write(s3.serviceName().length());
  }
}
