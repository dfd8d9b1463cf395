package io.meterline.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;

/**
 * AWS's services on the wire, as moto's server acts them. It is a command of its own ({@code pip
 * install 'moto[server]'}).
 *
 * <p>moto does not apply filter patterns, sends event ids as JSON numbers, and is unsafe under
 * concurrent writers to one stream.
 */
public final class MotoServer implements AutoCloseable {
  private static final int START_SECONDS = 60;
  private static final Pattern STARTED =
      Pattern.compile("Running on (http://127\\.0\\.0\\.1:\\d+)");

  private final Process process;
  private final CompletableFuture<URI> endpoint = new CompletableFuture<>();

  private MotoServer(Process process) {
    this.process = process;
    // Read to its end: a process whose output nobody reads stands still.
    Thread.ofVirtual().start(this::readOutput);
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
  }

  /**
   * Starts one on a free port. Where the command is missing the test is skipped, or fails where
   * that must not go unseen: with {@code CI=true} or {@code METERLINE_REQUIRE_MOTO=1}.
   */
  public static MotoServer start() {
    try {
      return new MotoServer(
          new ProcessBuilder("moto_server", "-H", "127.0.0.1", "-p", "0")
              .redirectErrorStream(true)
              .start());
    } catch (IOException e) {
      String message = "moto_server can't be started: pip install 'moto[server]'";
      if (isRequired()) {
        throw new AssertionError(message, e);
      }
      return Assumptions.abort(message);
    }
  }

  /** Where all services answer. */
  public URI endpoint() {
    return endpoint.orTimeout(START_SECONDS, TimeUnit.SECONDS).join();
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }

  private void readOutput() {
    try (BufferedReader lines = process.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Matcher started = STARTED.matcher(line);
        if (started.find()) {
          endpoint.complete(URI.create(started.group(1)));
        }
      }
    } catch (IOException e) {
      endpoint.completeExceptionally(e);
    }
    endpoint.completeExceptionally(new IOException("moto_server ended before it listened"));
  }

  private static boolean isRequired() {
    return "true".equals(System.getenv("CI"))
        || "1".equals(System.getenv("METERLINE_REQUIRE_MOTO"));
  }
}
