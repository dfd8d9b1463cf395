package io.meterline.cli.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.meterline.core.Digests;
import io.meterline.core.json.JsonText;
import io.meterline.demo.JsonObject;
import java.io.IOException;
import java.util.HexFormat;

/**
 * SQS's SendMessage in the JSON protocol, which is all that a sender needs. Source: <a
 * href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html">
 * SendMessage</a>.
 */
final class QueueHandler implements HttpHandler {
  private static final String ACTION = "AmazonSQS.SendMessage";
  private static final int MOST_BODY_BYTES = 256 * 1024;

  /** The body in a JSON string, and what is around it. */
  private static final int MOST_REQUEST_BYTES = 4 * MOST_BODY_BYTES;

  private final FifoQueue queue;
  private final Chaos chaos;

  QueueHandler(FifoQueue queue, Chaos chaos) {
    this.queue = queue;
    this.chaos = chaos;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.0");
      Chaos.Fate fate = chaos.next();
      if (fate == Chaos.Fate.FAILED_BEFORE) {
        Loopback.answer(exchange, 503, error("ServiceUnavailable", "chaos: not now"));
        return;
      }
      byte[] request = exchange.getRequestBody().readNBytes(MOST_REQUEST_BYTES + 1);
      byte[] reply;
      try {
        reply = send(exchange.getRequestHeaders().getFirst("X-Amz-Target"), request);
      } catch (IllegalArgumentException e) {
        byte[] why = error("InvalidParameterValueException", String.valueOf(e.getMessage()));
        Loopback.answer(exchange, 400, why);
        return;
      }
      if (fate != Chaos.Fate.FAILED_AFTER) {
        Loopback.answer(exchange, 200, reply);
      }
      // Else the message is in the queue, and the connection ends without a word.
    }
  }

  private byte[] send(String action, byte[] request) {
    if (!ACTION.equals(action)) {
      throw new IllegalArgumentException("only %s is known here".formatted(ACTION));
    }
    if (request.length > MOST_REQUEST_BYTES) {
      throw new IllegalArgumentException("the request is too long");
    }
    JsonObject members = JsonObject.of(request);
    // A FIFO queue without deduplication by content asks for both.
    required(members, "MessageGroupId");
    byte[] body = required(members, "MessageBody").getBytes(UTF_8);
    if (body.length > MOST_BODY_BYTES) {
      throw new IllegalArgumentException(
          "a message has at most %d bytes".formatted(MOST_BODY_BYTES));
    }
    FifoQueue.Sent sent =
        queue.send(required(members, "MessageDeduplicationId"), new String(body, UTF_8));
    return new JsonText()
        .member("MessageId", sent.messageId())
        .member("MD5OfMessageBody", md5(body))
        .member("SequenceNumber", "%020d".formatted(sent.sequence()))
        .end();
  }

  private static String required(JsonObject members, String name) {
    return members.text(name).orElseThrow(() -> new IllegalArgumentException(name + " is missing"));
  }

  private static byte[] error(String type, String message) {
    return new JsonText()
        .member("__type", "com.amazonaws.sqs#" + type)
        .member("message", message)
        .end();
  }

  /** By which the sender checks that the body has arrived as it was sent. */
  private static String md5(byte[] body) {
    return HexFormat.of().formatHex(Digests.md5().digest(body));
  }
}
