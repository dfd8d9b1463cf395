package io.meterline.cli;

import static java.util.concurrent.TimeUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code meterline run} as a process that is told to end while a receiver keeps it waiting. */
final class InterruptedRunTest {
  private final Path home;

  InterruptedRunTest(@TempDir Path home) {
    this.home = home;
  }

  @Test
  void anEndInMidRunIsSaid() throws IOException, InterruptedException {
    Files.writeString(
        home.resolve("app.log"),
        "meter_record_for_cw {\"meterApiName\":\"m\",\"customerId\":\"c\",\"meterValue\":1,"
            + "\"meterTimeInMillis\":1663094105062}\n");
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String to = "http://127.0.0.1:" + silent.getLocalPort() + "/ingest";
      Process process =
          new Program(home)
              .startTogether("run", "--from", "file:app.log", "--to", to, "--state", "state");
      try {
        silent.accept();
        process.toHandle().destroy();
        assertThat(process.waitFor(1, MINUTES)).isTrue();
        assertThat(process.inputReader().lines())
            .last()
            .isEqualTo(
                "meterline: ended before all was delivered: what is delivered stays, the next run"
                    + " goes on from there");
        assertThat(process.exitValue()).as("128 and SIGTERM").isEqualTo(143);
      } finally {
        process.destroyForcibly();
      }
    }
  }
}
