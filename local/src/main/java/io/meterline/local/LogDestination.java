package io.meterline.local;

import java.util.Base64;

/** Where a subscription filter delivers. */
public sealed interface LogDestination {
  /**
   * Delivers one payload.
   *
   * @param payload gzip
   * @throws ServiceException if it was not taken
   */
  void put(String partitionKey, byte[] payload);

  /** The largest payload that can be taken, in bytes of gzip. */
  int maxPayloadBytes();

  /** Whether CloudWatch Logs checks its health with control messages. */
  boolean checkedByControlMessages();

  /** A Kinesis data stream. */
  record Kinesis(DataStream stream) implements LogDestination {
    private static final int LONGEST_PARTITION_KEY = 32;

    @Override
    public void put(String partitionKey, byte[] payload) {
      stream.putRecord(partitionKey, payload);
    }

    @Override
    public int maxPayloadBytes() {
      return stream.settings().maxRecordBytes() - LONGEST_PARTITION_KEY;
    }

    @Override
    public boolean checkedByControlMessages() {
      return true;
    }
  }

  /** A function, invoked asynchronously with {@code {"awslogs":{"data":"<base64>"}}}. */
  record Lambda(AsyncInvocation function) implements LogDestination {
    private static final int ENVELOPE_BYTES = 23;

    @Override
    public void put(String partitionKey, byte[] payload) {
      function.invoke(
          new Json()
              .member(
                  "awslogs", new Json().member("data", Base64.getEncoder().encodeToString(payload)))
              .bytes());
    }

    @Override
    public int maxPayloadBytes() {
      return (AsyncInvocation.MAX_EVENT_BYTES - ENVELOPE_BYTES) / 4 * 3;
    }

    @Override
    public boolean checkedByControlMessages() {
      return false;
    }
  }
}
