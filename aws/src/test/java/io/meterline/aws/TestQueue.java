package io.meterline.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.meterline.core.Quarantine;
import io.meterline.core.Secret;
import io.meterline.core.delivery.RefusalPolicy;
import io.meterline.core.retry.Retries;
import io.meterline.testing.RecordTexts;
import io.meterline.testing.RecordedWaits;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** A new FIFO queue, and the wire to it. */
final class TestQueue {
  final FaultyHttp http = new FaultyHttp();
  final RecordedWaits waits = new RecordedWaits();
  private final URI endpoint;
  private final AwsCredentials credentials =
      new AwsCredentials.KeyPair("access", new Secret("secret"));
  private final AwsClients clients;
  private final SqsClient reader;
  private final String url;
  private final List<Message> received = new ArrayList<>();
  private final Set<String> ids = new HashSet<>();

  TestQueue(URI endpoint) {
    this.endpoint = endpoint;
    this.clients = new AwsClients(http, Optional.of(endpoint));
    this.reader =
        new AwsClients()
            .sqs(
                "us-west-2",
                Optional.of(endpoint),
                CredentialsSource.of(credentials, "us-west-2", clients).provider());
    this.url =
        reader
            .createQueue(
                request ->
                    request
                        .queueName(UUID.randomUUID() + ".fifo")
                        .attributes(Map.of(QueueAttributeName.FIFO_QUEUE, "true")))
            .queueUrl();
  }

  SqsFifoQueue queue(int maxMessageBytes) {
    return new SqsFifoQueue(
        URI.create(url),
        "us-west-2",
        Optional.of(endpoint),
        SqsFifoQueue.DEFAULT_GROUP,
        maxMessageBytes,
        credentials);
  }

  SqsFifoSink sink(int maxMessageBytes, Quarantine quarantine) {
    return sink(queue(maxMessageBytes), quarantine);
  }

  SqsFifoSink sink(SqsFifoQueue queue, Quarantine quarantine) {
    Retries retries =
        new Retries(AwsRetries.within(AwsRetries.DEFAULT_BUDGET), waits, new Random(5));
    return new SqsFifoSink(
        queue, quarantine, retries, new RefusalPolicy.Fail("Look at it."), clients);
  }

  /** All messages since the queue was made, in the order in which it gives them. */
  List<Message> messages() {
    List<Message> next = receive();
    while (!next.isEmpty()) {
      // moto forgets a deduplication id with its message; the queue itself does so after 5 minutes.
      next.stream().filter(message -> ids.add(id(message))).forEach(received::add);
      next.forEach(
          message ->
              reader.deleteMessage(
                  request -> request.queueUrl(url).receiptHandle(message.receiptHandle())));
      next = receive();
    }
    return List.copyOf(received);
  }

  List<List<String>> objects() {
    return messages().stream()
        .map(message -> RecordTexts.of(message.body().getBytes(UTF_8)))
        .toList();
  }

  private static String id(Message message) {
    return String.valueOf(
        message.attributes().get(MessageSystemAttributeName.MESSAGE_DEDUPLICATION_ID));
  }

  private List<Message> receive() {
    return reader
        .receiveMessage(
            request ->
                request
                    .queueUrl(url)
                    .maxNumberOfMessages(10)
                    .messageSystemAttributeNames(MessageSystemAttributeName.ALL))
        .messages();
  }
}
