package io.meterline.aws;

import static java.util.Objects.requireNonNull;

import io.meterline.Batch;
import io.meterline.BatchPart;
import io.meterline.BodyFormat;
import io.meterline.Delivery;
import io.meterline.MeterSink;
import io.meterline.PartLimits;
import io.meterline.Quarantine;
import io.meterline.retry.Halving;
import io.meterline.retry.RefusedException;
import io.meterline.retry.Retries;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;
import software.amazon.awssdk.services.sqs.model.SqsException;

/**
 * A FIFO queue that is relayed to the ingest, one message a part, each a JSON array.
 *
 * <p>The deduplication id is the part's name: the queue drops one that comes again within five
 * minutes, and the receiver behind it drops records that come again later. A record that no message
 * can carry goes to quarantine.
 */
public final class SqsFifoSink implements MeterSink {
  private static final Set<String> BODY_REFUSED =
      Set.of("InvalidMessageContents", "InvalidParameterValue", "InvalidParameterValueException");

  private final SqsFifoQueue queue;
  private final AwsCalls calls;
  private final SqsClient client;
  private final Halving halving;

  public SqsFifoSink(SqsFifoQueue queue, Quarantine quarantine, Retries retries) {
    this(queue, quarantine, retries, new AwsClients());
  }

  SqsFifoSink(SqsFifoQueue queue, Quarantine quarantine, Retries retries, AwsClients clients) {
    this.queue = requireNonNull(queue, "queue is null");
    CredentialsSource credentials =
        CredentialsSource.of(queue.credentials(), queue.region(), clients);
    this.calls = new AwsCalls(credentials, retries);
    this.client = clients.sqs(queue.region(), queue.endpoint(), credentials.provider());
    this.halving = new Halving(this::send, quarantine);
  }

  @Override
  public Delivery deliver(Batch batch) throws IOException {
    return halving.deliver(batch, new PartLimits(Integer.MAX_VALUE, queue.maxRecordBytes()));
  }

  private void send(BatchPart part) throws IOException, RefusedException {
    ByteBuffer body = BodyFormat.JSON.body(part);
    if (body.remaining() > queue.maxMessageBytes()) {
      throw new RefusedException(
          "%d bytes do not fit in a message of %d bytes"
              .formatted(body.remaining(), queue.maxMessageBytes()));
    }
    SendMessageRequest request =
        SendMessageRequest.builder()
            .queueUrl(queue.url().toString())
            .messageGroupId(queue.group())
            .messageDeduplicationId(part.name())
            .messageBody(StandardCharsets.UTF_8.decode(body).toString())
            .build();
    Optional<String> refusal =
        calls.call(
            queue.url().toString(),
            "sqs:SendMessage on it, and kms:GenerateDataKey where it has a KMS key",
            () -> send(request));
    if (refusal.isPresent()) {
      throw new RefusedException(refusal.get());
    }
  }

  /** Why the queue does not take the body; empty where it does. */
  private Optional<String> send(SendMessageRequest request) {
    try {
      client.sendMessage(request);
      return Optional.empty();
    } catch (SqsException e) {
      if (BODY_REFUSED.contains(Failures.code(e))) {
        return Optional.of(String.valueOf(e.awsErrorDetails().errorMessage()));
      }
      throw e;
    }
  }
}
