package io.meterline.cli;

import io.meterline.ledger.Ledger;
import io.meterline.ledger.http.LedgerServer;
import io.meterline.ledger.http.ServingFile;
import java.io.IOException;
import java.net.BindException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Serves a ledger and its page until it is ended. */
@Command(
    name = "serve",
    header = "Serves a ledger and its page until it is stopped.",
    description = {
      "Prints the page's address. Below /api/ there are usage, meters, customers and",
      "records to be read, and a way in for records; /api/openapi.json describes them.",
      "Reached from this machine alone unless --host says more."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footer = {
      "",
      "Example: a folder becomes usage while it is written to.",
      "  meterline serve --ledger usage.ledger --load out &",
      "  meterline run --from file:app.log --to dir:out",
      "  curl -H 'Accept: text/csv' \\",
      "    'http://localhost:8080/api/usage?meter=api-calls&from=2026-11-01&to=2026-12-01'"
    })
final class ServeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private LedgerOption ledger;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "The port; 0 for any free port. Default: ${DEFAULT-VALUE}.")
  private int port = 8080;

  @Option(
      names = "--host",
      paramLabel = "HOST",
      description = "The address to listen on. Default: this machine only.")
  private @Nullable String host;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "The token that requests must carry; needed where --host is another machine's.")
  private @Nullable Path tokenFile;

  @Option(
      names = "--load",
      paramLabel = "PLACE",
      description = {
        "A folder or bucket to load objects from, also those that arrive while it " + "serves.",
        "May be repeated."
      })
  private List<String> places = List.of();

  private final LedgerPlaces known;

  ServeCommand(LedgerPlaces known) {
    this.known = known;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (port < 0 || port > 65_535) {
      throw new ParameterException(
          spec.commandLine(), "--port: %d is not from 0 to 65535".formatted(port));
    }
    InetAddress address = address();
    String token = tokenFile == null ? "" : TokenFile.read(tokenFile);
    if (token.isEmpty() && !address.isLoopbackAddress()) {
      throw new ParameterException(
          spec.commandLine(),
          "--host: %s can be reached from other machines; give --token-file FILE".formatted(host));
    }
    checkPlaces();
    boundClients();
    Ledger opened = ledger.openOrMake();
    List<AutoCloseable> parts = new ArrayList<>(List.of(opened));
    try {
      LedgerServer server = start(opened, address, token);
      parts.addFirst(server);
      ServingFile serving = ServingFile.here(asked(address, server.port()));
      serving.write(opened.file());
      parts.addFirst(() -> serving.remove(opened.file()));
      for (String place : places) {
        LedgerWatch watch =
            new LedgerWatch(opened, known::open, place, spec.commandLine().getErr());
        parts.addFirst(watch);
        watch.start();
      }
      spec.commandLine().getOut().println(page(address, server.port()));
    } catch (IOException e) {
      opened.close();
      throw e;
    }
    // What is being written when the process is told to end is written to its end.
    Runtime.getRuntime().addShutdownHook(new Thread(() -> parts.forEach(this::close)));
    new CountDownLatch(1).await();
    return ExitCode.DONE;
  }

  private void checkPlaces() throws IOException {
    for (String place : places) {
      try {
        known.open(place);
      } catch (NoSuchFileException e) {
        // It may come to be later; the watch says that it waits for it.
      } catch (IllegalArgumentException e) {
        throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
      }
    }
  }

  private InetAddress address() throws IOException {
    try {
      return host == null ? InetAddress.getLoopbackAddress() : InetAddress.getByName(host);
    } catch (UnknownHostException e) {
      throw new IOException("--host: '%s' is not an address of this machine".formatted(host), e);
    }
  }

  private LedgerServer start(Ledger opened, InetAddress address, String token) throws IOException {
    try {
      return LedgerServer.start(opened, new InetSocketAddress(address, port), token);
    } catch (BindException e) {
      throw new IOException(
          "port %d at %s can't be listened at (%s): --port 0 takes one that is free"
              .formatted(port, address.getHostAddress(), e.getMessage()),
          e);
    }
  }

  /** A client that sends or reads slowly must not hold a connection for ever. */
  private static void boundClients() {
    setIfMissing("sun.net.httpserver.maxReqTime", "30");
    setIfMissing("sun.net.httpserver.maxRspTime", "120");
    // Who may connect is decided before; this is for what is just being closed.
    setIfMissing("jdk.httpserver.maxConnections", "2000");
  }

  private static void setIfMissing(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }

  /** Where other commands on this machine ask. */
  private static URI asked(InetAddress address, int port) {
    InetAddress here = address.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : address;
    String name = here.getHostAddress().replaceFirst("%.*", "");
    return URI.create("http://%s:%d".formatted(name.contains(":") ? "[" + name + "]" : name, port));
  }

  /** Where a browser finds the page. */
  private String page(InetAddress address, int at) throws UnknownHostException {
    String name =
        address.isAnyLocalAddress()
            ? InetAddress.getLocalHost().getHostName()
            : host == null ? "localhost" : host;
    boolean isNumber = address instanceof Inet6Address && name.contains(":");
    return "http://" + (isNumber ? "[" + name + "]" : name) + ":" + at + "/";
  }

  private void close(AutoCloseable part) {
    try {
      part.close();
    } catch (Exception e) {
      spec.commandLine().getErr().println("meterline: " + Complaints.reason(e));
    }
  }
}
