package io.meterline.benchmarks.soak;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/** {@code meterline serve} as a process. */
final class Served implements AutoCloseable {
  private final Process process;
  private final URI page;

  private Served(Process process, URI page) {
    this.process = process;
    this.page = page;
  }

  static Served start(Path launcher, Path ledger) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            launcher.toString(), "serve", "--ledger", ledger.toString(), "--port", "0");
    builder.environment().put("METERLINE_JAVA_OPTS", "-Xmx256m");
    Process process = builder.redirectError(Redirect.INHERIT).start();
    BufferedReader printed = process.inputReader();
    String page = printed.readLine();
    if (page == null) {
      throw new IOException("the server does not start");
    }
    return new Served(process, URI.create(page));
  }

  URI at(String path) {
    return page.resolve(path);
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** What it has in memory, in MiB; 0 where the system does not tell. */
  long residentMebibytes() throws IOException {
    Path status = Path.of("/proc", Long.toString(process.pid()), "status");
    if (!Files.exists(status)) {
      return 0;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
        .findFirst()
        .orElse(0);
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
