package io.meterline.ledger.http;

import io.meterline.ledger.Ledger;
import io.meterline.ledger.LedgerSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A ledger's server as a process of its own, which a test may kill or put under pressure. */
final class ServeProcess implements AutoCloseable {
  private final Process process;
  private final int port;

  private ServeProcess(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Starts it and waits until it serves. Its log goes to a file beside the ledger. */
  static ServeProcess start(Path ledger, String... javaOptions) throws IOException {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path")));
    words.addAll(List.of(javaOptions));
    words.addAll(List.of(ServeProcess.class.getName(), ledger.toString()));
    Process process =
        new ProcessBuilder(words).redirectError(Redirect.appendTo(log(ledger).toFile())).start();
    BufferedReader printed = process.inputReader();
    String port = printed.readLine();
    if (port == null) {
      throw new IOException("the server does not start; see " + log(ledger));
    }
    return new ServeProcess(process, Integer.parseInt(port));
  }

  static Path log(Path ledger) {
    return Path.of(ledger + ".log");
  }

  int port() {
    return port;
  }

  long pid() {
    return process.pid();
  }

  /** Kills it after a time in which it should not end by itself. */
  void killAfter(long millis) throws InterruptedException {
    if (process.waitFor(millis, TimeUnit.MILLISECONDS)) {
      throw new IllegalStateException("the server ended by itself");
    }
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().join();
  }

  /** Serves the ledger until it is killed. */
  public static void main(String[] arguments) throws Exception {
    Ledger ledger = Ledger.open(Path.of(arguments[0]), LedgerSettings.DEFAULT);
    LedgerServer server =
        LedgerServer.start(ledger, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), "");
    System.out.println(server.port());
    Thread.currentThread().join();
  }
}
