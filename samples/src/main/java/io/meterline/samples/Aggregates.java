package io.meterline.samples;

import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Kinesis records as the Kinesis Producer Library aggregates them. Format: <a
 * href="https://github.com/awslabs/amazon-kinesis-producer/blob/master/aggregation-format.md">
 * aggregation format</a>.
 */
public final class Aggregates {
  private static final byte[] MAGIC = {(byte) 0xF3, (byte) 0x89, (byte) 0x9A, (byte) 0xC2};
  private static final int LENGTH_DELIMITED = 2;

  private Aggregates() {}

  /** One Kinesis record that holds all user records. */
  public static byte[] of(byte[]... userRecords) {
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    bytesField(message, 1, Bytes.utf8("partition-key"));
    for (byte[] userRecord : userRecords) {
      ByteArrayOutputStream record = new ByteArrayOutputStream();
      record.write(1 << 3);
      record.write(0);
      bytesField(record, 3, userRecord);
      bytesField(message, 3, record.toByteArray());
    }
    return ofMessage(message.toByteArray());
  }

  /** A protocol buffer, right or wrong, with the magic bytes before it and the digest after. */
  public static byte[] ofMessage(byte[] protocolBuffer) {
    return Bytes.joined(MAGIC, protocolBuffer, md5(protocolBuffer));
  }

  private static void bytesField(ByteArrayOutputStream out, int number, byte[] value) {
    out.write(number << 3 | LENGTH_DELIMITED);
    int length = value.length;
    while (length > 0x7F) {
      out.write((length & 0x7F) | 0x80);
      length >>>= 7;
    }
    out.write(length);
    out.writeBytes(value);
  }

  private static byte[] md5(byte[] bytes) {
    try {
      return MessageDigest.getInstance("MD5").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has MD5", e);
    }
  }
}
