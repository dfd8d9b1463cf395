package io.meterline.cli.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.testing.IngestContract;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ingest over HTTP and the queue, as senders of other makes meet them. */
final class ReceiversOverHttpTest extends IngestContract {
  private static final String RECORD =
      "{\"meterApiName\":\"m\",\"customerId\":\"c\",\"meterTimeInMillis\":5,\"meterValue\":1}";

  private final HttpClient client = HttpClient.newHttpClient();
  private final DemoFolder folder;
  private LedgerFeed ledger;
  private Receivers receivers;

  ReceiversOverHttpTest(@TempDir Path root) throws IOException {
    folder = DemoFolder.make(Optional.of(root.resolve("demo")));
  }

  @BeforeEach
  void start() throws IOException {
    ledger = LedgerFeed.start(folder);
    receivers = Receivers.start(folder, ledger.ingestUrl(), Chaos.none(), new FirstFailure());
  }

  @AfterEach
  void stop() throws IOException {
    receivers.close();
    ledger.close();
    client.close();
  }

  @Override
  protected URI url() {
    return receivers.ingestUrl();
  }

  @Override
  protected String key() {
    return Receivers.API_KEY.reveal();
  }

  @Test
  void whatTheLedgerAcceptsIsInTheBucketAsWell() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(receivers.ingestUrl())
            .headers("X-API-KEY", "demo-key", "Content-Encoding", "gzip")
            .POST(BodyPublishers.ofByteArray(gzip("[" + RECORD + ",{}]")))
            .build();
    assertThat(client.send(request, BodyHandlers.ofString()).body())
        .contains("stored", "missing-field");
    assertThat(client.send(request, BodyHandlers.ofString()).body()).contains("duplicate");
    assertThat(ledger.records()).isEqualTo(1);
    try (Stream<Path> objects = Files.walk(folder.bucket())) {
      assertThat(objects.filter(Files::isRegularFile))
          .singleElement()
          .satisfies(object -> assertThat(object).hasContent("[" + RECORD + "]"));
    }
  }

  @Test
  void theQueueSpeaksTheProtocolOfSqs() throws Exception {
    String message =
        "{\"QueueUrl\":\"q\",\"MessageBody\":\"hello\",\"MessageGroupId\":\"g\",\"MessageDeduplicationId\":\"d\"}";
    String answer = sqs("AmazonSQS.SendMessage", message);
    assertThat(answer)
        .startsWith("200 {\"MessageId\":\"")
        .contains("\"MD5OfMessageBody\":\"5d41402abc4b2a76b9719d911017c592\"")
        .endsWith("\"SequenceNumber\":\"00000000000000000001\"}");
    assertThat(sqs("AmazonSQS.SendMessage", message)).isEqualTo(answer);
    assertThat(sqs("AmazonSQS.SendMessage", "{\"MessageBody\":\"x\"}"))
        .startsWith("400 ")
        .contains("InvalidParameterValueException", "MessageGroupId is missing");
    assertThat(sqs("AmazonSQS.ReceiveMessage", "{}")).startsWith("400 ");
    assertThat(sqs("AmazonSQS.SendMessage", "nothing")).startsWith("400 ");
  }

  private String sqs(String action, String body) throws Exception {
    var answer =
        client.send(
            HttpRequest.newBuilder(receivers.sqsEndpoint())
                .header("X-Amz-Target", action)
                .POST(BodyPublishers.ofString(body))
                .build(),
            BodyHandlers.ofString());
    return answer.statusCode() + " " + answer.body();
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(text.getBytes(UTF_8));
    }
    return out.toByteArray();
  }
}
