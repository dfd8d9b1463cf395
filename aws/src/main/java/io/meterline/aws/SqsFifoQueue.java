package io.meterline.aws;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.util.Optional;

/**
 * A FIFO queue, and how messages are sent to it.
 *
 * @param endpoint of a service that is not AWS's
 * @param group the message group: all of one group stay in order
 * @param maxMessageBytes the longest body that the queue takes
 */
public record SqsFifoQueue(
    URI url,
    String region,
    Optional<URI> endpoint,
    String group,
    int maxMessageBytes,
    AwsCredentials credentials) {
  /** What a queue takes unless it is set otherwise: 256 KiB. */
  public static final int DEFAULT_MESSAGE_BYTES = 256 * 1024;

  /** Says nothing of customers; one group, as the order of all records is to be kept. */
  public static final String DEFAULT_GROUP = "meterline";

  private static final int BRACKETS = 2;

  public SqsFifoQueue {
    requireNonNull(region, "region is null");
    requireNonNull(endpoint, "endpoint is null");
    requireNonNull(credentials, "credentials is null");
    if (!url.getPath().endsWith(".fifo")) {
      throw new IllegalArgumentException(
          "'%s' is not a FIFO queue: its name does not end with .fifo".formatted(url));
    }
    if (!group.matches("[!-~]{1,128}")) {
      throw new IllegalArgumentException(
          "group '%s' must be 1 to 128 letters, digits or punctuation marks".formatted(group));
    }
    if (maxMessageBytes < 1024) {
      throw new IllegalArgumentException(
          "a message of %d bytes is too short for a record".formatted(maxMessageBytes));
    }
  }

  /** How many bytes of records a message holds, its array's brackets apart. */
  int maxRecordBytes() {
    return maxMessageBytes - BRACKETS;
  }
}
