package io.meterline.benchmarks.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.meterline.aws.DestinationSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** {@link Store} in a process of its own: its processor time is not the agent's. */
final class StoreProcess implements AutoCloseable {
  private final Process process;
  private final String port;

  private StoreProcess(Process process, String port) {
    this.process = process;
    this.port = port;
  }

  static StoreProcess start() throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Store.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader output = process.inputReader(UTF_8);
    String port = output.readLine();
    if (port == null) {
      throw new IOException("the store ended before it told its port");
    }
    return new StoreProcess(process, port);
  }

  /** What an agent's environment says of the store. */
  DestinationSettings settings() {
    return DestinationSettings.of(
        Map.of(
            "ACCESS_KEY", Store.ACCESS_KEY,
            "SECRET_KEY", Store.SECRET_KEY,
            "METERLINE_S3_ENDPOINT", "http://127.0.0.1:" + port));
  }

  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    process.destroy();
  }
}
