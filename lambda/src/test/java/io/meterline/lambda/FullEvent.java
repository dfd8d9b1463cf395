package io.meterline.lambda;

import io.meterline.local.Invocation;
import io.meterline.samples.LambdaEvents;
import io.meterline.samples.Lines;
import io.meterline.samples.Payload;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/**
 * As large an event as Lambda sends: payloads of log lines, half of them with a record whose ids
 * compress as badly as real ones do.
 */
final class FullEvent {
  private static final int LINES_A_PAYLOAD = 2_000;

  /** Base64 makes four bytes of three; the rest of a record's envelope is small. */
  private static final int COMPRESSED_BYTES = Invocation.MAX_EVENT_BYTES / 4 * 3 - 64 * 1024;

  private final List<byte[]> payloads = new ArrayList<>();
  private int records;

  FullEvent() {
    Random random = new Random(1);
    int size = 0;
    while (size < COMPRESSED_BYTES) {
      byte[] payload = payload(random);
      size += payload.length;
      payloads.add(payload);
      records += LINES_A_PAYLOAD / 2;
    }
    if (size > COMPRESSED_BYTES) {
      payloads.removeLast();
      records -= LINES_A_PAYLOAD / 2;
    }
  }

  private static byte[] payload(Random random) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < LINES_A_PAYLOAD; i++) {
      String id = new UUID(random.nextLong(), random.nextLong()).toString();
      lines.add(
          i % 2 == 0
              ? Lines.node(Lines.record(id))
              : "2026-07-01T09:00:00.062Z\t" + id + "\tINFO\tGET /items 200 in 12 ms");
    }
    return Payload.of(lines).gzip();
  }

  String json() {
    return LambdaEvents.kinesis(payloads.toArray(byte[][]::new));
  }

  int records() {
    return records;
  }
}
