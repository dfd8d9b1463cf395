package io.meterline.core.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class LiveInputTest {
  @Test
  void allBytesComeInTheirOrder() throws IOException {
    long seed = new Random().nextLong();
    byte[] bytes = new byte[3_000_000];
    new Random(seed).nextBytes(bytes);
    try (LiveInput in = new LiveInput(new ByteArrayInputStream(bytes))) {
      assertThat(in.readAllBytes()).as("seed %d", seed).isEqualTo(bytes);
      assertThat(in.read()).isEqualTo(-1);
    }
  }

  @Test
  void whatBreaksTheInputIsMetBehindItsBytes() throws IOException {
    var broken = new Pipe();
    broken.write("ab");
    broken.end(new IOException("the disk is gone"));
    try (LiveInput in = new LiveInput(broken)) {
      assertThat(in.readNBytes(2)).isEqualTo("ab".getBytes(UTF_8));
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(in::read)
          .withMessage("the disk is gone");
    }
  }

  @Test
  void aStopEndsTheInputBehindWhatWasWrittenThoughTheWriterGoesOn() throws IOException {
    var pipe = new Pipe();
    try (LiveInput in = new LiveInput(pipe)) {
      pipe.write("first");
      assertThat(in.readNBytes(5)).isEqualTo("first".getBytes(UTF_8));
      for (int i = 0; i < 100; i++) {
        pipe.write("%05d".formatted(i));
      }
      in.stop();
      assertThat(in.readAllBytes()).hasSize(500).endsWith("00099".getBytes(UTF_8));
    }
  }

  @Test
  void aStopEndsAReadThatWaits() throws IOException {
    try (LiveInput in = new LiveInput(new Pipe())) {
      in.whileIdle(
          () -> {
            in.stop();
            return Long.MAX_VALUE;
          });
      assertThat(in.read()).isEqualTo(-1);
    }
  }

  @Test
  void workIsDoneWhileNothingComesAndItsFailureIsTheReaders() throws IOException {
    var pipe = new Pipe();
    try (LiveInput in = new LiveInput(pipe)) {
      in.whileIdle(
          () -> {
            pipe.write("x");
            return Long.MAX_VALUE;
          });
      assertThat(in.read()).isEqualTo('x');
      in.whileIdle(
          () -> {
            throw new IOException("not delivered");
          });
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(in::read)
          .withMessage("not delivered");
    }
  }

  /** A pipe whose writer may fail. */
  private static final class Pipe extends InputStream {
    private final BlockingQueue<Object> written = new LinkedBlockingQueue<>();

    void write(String text) {
      written.add(text.getBytes(UTF_8));
    }

    void end(IOException failure) {
      written.add(failure);
    }

    @Override
    public int read() {
      throw new AssertionError("read in pieces");
    }

    @Override
    public int read(byte[] out, int from, int length) throws IOException {
      try {
        return switch (written.take()) {
          case byte[] bytes -> {
            System.arraycopy(bytes, 0, out, from, bytes.length);
            yield bytes.length;
          }
          case IOException failure -> throw failure;
          default -> throw new AssertionError("no other is written");
        };
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return -1;
      }
    }

    @Override
    public int available() {
      return written.size();
    }
  }
}
