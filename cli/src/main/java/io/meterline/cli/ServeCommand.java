package io.meterline.cli;

import io.meterline.ledger.Ledger;
import io.meterline.ledger.http.LedgerServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Serves a ledger over HTTP until it is ended. */
@Command(
    name = "serve",
    header = "Serves a ledger over HTTP, until it is ended.",
    description = {
      "Usage, meters, customers, records and status to be read, and a way in for records;",
      "/api/openapi.json describes them. Reached from this machine alone unless --host says more."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footer = {
      "",
      "Example:",
      "  meterline serve --ledger usage.ledger &",
      "  curl -H 'Accept: text/csv' \\",
      "    'http://localhost:8080/api/usage?meter=api-calls&from=2026-11-01&to=2026-12-01'"
    })
final class ServeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private LedgerOption ledger;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "Default: ${DEFAULT-VALUE}; 0 takes one that is free.")
  private int port = 8080;

  @Option(
      names = "--host",
      paramLabel = "HOST",
      description = "The address to listen at. Default: this machine alone.")
  private @Nullable String host;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "The token that requests must carry; needed where --host is another machine's.")
  private @Nullable Path tokenFile;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (port < 0 || port > 65_535) {
      throw new ParameterException(
          spec.commandLine(), "--port: %d is not from 0 to 65535".formatted(port));
    }
    InetAddress address =
        host == null ? InetAddress.getLoopbackAddress() : InetAddress.getByName(host);
    String token = tokenFile == null ? "" : Files.readString(tokenFile).strip();
    if (tokenFile != null && token.isEmpty()) {
      throw new IOException(tokenFile + ": there is no token in it");
    }
    try (Ledger opened = ledger.openOrMake();
        LedgerServer server =
            LedgerServer.start(opened, new InetSocketAddress(address, port), token)) {
      // What is being written when the process is told to end is written to its end.
      Thread end = new Thread(() -> close(opened));
      Runtime.getRuntime().addShutdownHook(end);
      spec.commandLine()
          .getErr()
          .println("meterline: http://" + address.getHostName() + ":" + server.port() + "/api/");
      new CountDownLatch(1).await();
    }
    return ExitCode.DONE;
  }

  private void close(Ledger opened) {
    try {
      opened.close();
    } catch (IOException e) {
      spec.commandLine().getErr().println("meterline: " + Complaints.reason(e));
    }
  }
}
