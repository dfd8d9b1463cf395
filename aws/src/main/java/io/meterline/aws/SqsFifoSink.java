package io.meterline.aws;

import static java.util.Objects.requireNonNull;

import io.meterline.core.Batch;
import io.meterline.core.BatchPart;
import io.meterline.core.BodyFormat;
import io.meterline.core.Delivery;
import io.meterline.core.MeterSink;
import io.meterline.core.PartLimits;
import io.meterline.core.Quarantine;
import io.meterline.core.delivery.BodyAnswer;
import io.meterline.core.delivery.Isolation;
import io.meterline.core.delivery.RefusalPolicy;
import io.meterline.core.retry.Retries;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
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
  /** The body holds a character that no message may hold: a record is at fault. */
  private static final String BAD_CONTENTS = "InvalidMessageContents";

  /** Of the body or of a setting, such as the group: the answer does not say which. */
  private static final Set<String> BAD_PARAMETER =
      Set.of("InvalidParameterValue", "InvalidParameterValueException");

  private final SqsFifoQueue queue;
  private final AwsCalls calls;
  private final SqsClient client;
  private final Isolation isolation;

  /**
   * @param refusals what happens to a batch of which nothing is accepted
   */
  public SqsFifoSink(
      SqsFifoQueue queue, Quarantine quarantine, Retries retries, RefusalPolicy refusals) {
    this(queue, quarantine, retries, refusals, new AwsClients());
  }

  SqsFifoSink(
      SqsFifoQueue queue,
      Quarantine quarantine,
      Retries retries,
      RefusalPolicy refusals,
      AwsClients clients) {
    this.queue = requireNonNull(queue, "queue is null");
    CredentialsSource credentials =
        CredentialsSource.of(queue.credentials(), queue.region(), clients);
    this.calls = new AwsCalls(credentials, retries);
    this.client = clients.sqs(queue.region(), queue.endpoint(), credentials.provider());
    this.isolation = new Isolation(queue.url().toString(), this::send, quarantine, refusals);
  }

  @Override
  public Delivery deliver(Batch batch) throws IOException {
    return isolation.deliver(batch, new PartLimits(Integer.MAX_VALUE, queue.maxRecordBytes()));
  }

  private BodyAnswer send(BatchPart part) throws IOException {
    ByteBuffer body = BodyFormat.JSON.body(part);
    if (body.remaining() > queue.maxMessageBytes()) {
      // Only a record that is longer than a message by itself makes such a body.
      return ofRecord(
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
    return calls.call(
        queue.url().toString(),
        "sqs:SendMessage on it, and kms:GenerateDataKey where it has a KMS key",
        () -> send(request, part.count()));
  }

  /** Any answer but one about the queue or the credentials: those are exceptions. */
  private BodyAnswer send(SendMessageRequest request, int records) {
    try {
      client.sendMessage(request);
      return new BodyAnswer.Accepted();
    } catch (SqsException e) {
      String code = Failures.code(e);
      if (!code.equals(BAD_CONTENTS) && !BAD_PARAMETER.contains(code)) {
        throw e;
      }
      String message = String.valueOf(e.awsErrorDetails().errorMessage());
      return code.equals(BAD_CONTENTS) && records == 1
          ? ofRecord(code + ": " + message)
          : new BodyAnswer.Refused("answers %d %s".formatted(e.statusCode(), code), message);
    }
  }

  private static BodyAnswer ofRecord(String detail) {
    return new BodyAnswer.PerRecord(new TreeMap<>(Map.of(0, detail)));
  }
}
