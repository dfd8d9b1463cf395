package io.meterline.local;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** A handler for a process of its own, which does what the event says. */
public final class EchoHandler implements RequestStreamHandler {
  private int calls;

  @Override
  public void handleRequest(InputStream event, OutputStream answer, Context context)
      throws IOException {
    String text = new String(event.readAllBytes(), StandardCharsets.UTF_8);
    context.getLogger().log("got " + text.length() + " characters\n");
    switch (text) {
      case "\"fail\"" -> throw new IOException("no disk");
      case "\"exit\"" -> Runtime.getRuntime().halt(7);
      case "\"hang\"" -> hang();
      default ->
          answer.write(
              "{\"calls\":%d,\"greeting\":\"%s\",\"id\":\"%s\",\"time\":%b,\"length\":%d}"
                  .formatted(
                      ++calls,
                      System.getenv("GREETING"),
                      context.getAwsRequestId(),
                      context.getRemainingTimeInMillis() > 0,
                      text.length())
                  .getBytes(StandardCharsets.UTF_8));
    }
  }

  private static void hang() throws IOException {
    try {
      new java.util.concurrent.CountDownLatch(1).await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
