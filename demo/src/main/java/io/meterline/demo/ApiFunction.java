package io.meterline.demo;

import static java.util.Objects.requireNonNull;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.meterline.emitter.MeterLogOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** The API as a Lambda function behind API Gateway, REST or HTTP. */
public final class ApiFunction implements RequestStreamHandler {
  private final MeteredApi api;

  /** What Lambda calls: where records go is said by the environment. */
  public ApiFunction() {
    this(
        new MeteredApi(Routes.ofEnvironment(System.getenv(), System.out), MeterLogOptions.DEFAULT));
  }

  /** A function for an API of one's own. */
  public ApiFunction(MeteredApi api) {
    this.api = requireNonNull(api, "api is null");
  }

  @Override
  public void handleRequest(InputStream event, OutputStream answer, Context context)
      throws IOException {
    answer.write(handle(event.readAllBytes()));
  }

  /** Handles a proxy event of API Gateway's, of payload format 1.0 or 2.0. */
  public byte[] handle(byte[] event) {
    return ProxyEvent.response(api.answer(ProxyEvent.request(event)));
  }
}
