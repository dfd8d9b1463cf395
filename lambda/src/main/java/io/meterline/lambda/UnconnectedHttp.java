package io.meterline.lambda;

import java.io.IOException;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;

/** Answers every request with success, and sends none. */
final class UnconnectedHttp implements SdkHttpClient {
  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    return new ExecutableHttpRequest() {
      @Override
      public HttpExecuteResponse call() throws IOException {
        if (request.contentStreamProvider().isPresent()) {
          request.contentStreamProvider().get().newStream().readAllBytes();
        }
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
  public String clientName() {
    return "Unconnected";
  }

  @Override
  public void close() {
    // Nothing is open.
  }
}
