package io.meterline.benchmarks.extraction;

import java.io.IOException;
import java.nio.ByteBuffer;

/** What takes one event after the other and makes of it what is timed. */
interface Contender {
  /** From the bytes of a Lambda event to the body of one object. */
  Outcome run(byte[] event) throws IOException;

  /** The contender of that name. */
  static Contender named(String name) {
    return switch (name) {
      case "floor" -> new Floor();
      case "meterline" -> new MeterlineAgent();
      case "jackson-trees" -> new JacksonTrees();
      case "jackson-streaming" -> new JacksonStreaming();
      default -> throw new IllegalArgumentException("nobody is called " + name);
    };
  }

  /** What came of an event: how many records (of the floor: payloads), and the body. */
  record Outcome(int count, ByteBuffer body) {
    Outcome(int count, byte[] body) {
      this(count, ByteBuffer.wrap(body));
    }
  }
}
