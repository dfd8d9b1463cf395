package io.meterline.cli.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.meterline.core.MeterSink;
import io.meterline.core.Quarantine;
import io.meterline.core.QuarantineLayout;
import io.meterline.core.folder.FolderQuarantine;
import io.meterline.demo.ApiFunction;
import io.meterline.demo.MeteredApi;
import io.meterline.demo.MeteringRoute;
import io.meterline.emitter.MeterLogOptions;
import io.meterline.local.Fault;
import io.meterline.local.Sandbox;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.net.BindException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The whole of Meterline in one process: API, log group, agents, bucket, ledger. */
public final class Demo {
  private static final int USUAL_PORT = 8080;
  private static final int PORTS_TRIED = 100;
  private static final Duration LOOK_EVERY = Duration.ofMillis(200);

  /** Longer than anything takes that is still going to arrive. */
  private static final Duration GIVEN_UP_AFTER = Duration.ofSeconds(45);

  /** Who has pressed Ctrl-C wants to see the table soon. */
  private static final Duration GIVEN_UP_AFTER_STOP = Duration.ofSeconds(10);

  private final DemoSettings settings;
  private final PrintWriter out;
  private final PrintWriter words;
  private final Progress progress;
  private final InstantSource clock = InstantSource.system();
  private final FirstFailure trouble = new FirstFailure();
  private final ExpectedRecords books = new ExpectedRecords();
  private final ExpectedRuleRecords ruleBooks;
  private final BadLines badLines;
  private final BadLines badAccessLines;
  private final Chaos chaos;
  private volatile boolean isStopped;

  /**
   * @param out takes the table
   * @param words takes all else
   * @param isTerminal whether a line of {@code words} can be written over
   */
  public Demo(DemoSettings settings, PrintWriter out, PrintWriter words, boolean isTerminal) {
    this.settings = settings;
    this.out = out;
    this.words = words;
    this.ruleBooks = new ExpectedRuleRecords(settings.rules());
    this.badLines = new BadLines(settings.badPercent(), books::broken);
    // What rules make of such a line, they say themselves.
    this.badAccessLines = new BadLines(settings.badPercent(), id -> {});
    this.chaos = settings.chaos() ? Chaos.of(settings.seed()) : Chaos.none();
    this.progress = new Progress(words, isTerminal, clock);
  }

  /** Has it come to its end, with the table; from any thread. */
  public void stop() {
    isStopped = true;
  }

  /**
   * Runs it to its end; whether all that was sent has arrived as it was sent.
   *
   * @throws IOException where it can't start or go on
   */
  public boolean run() throws IOException {
    try (DemoFolder folder = DemoFolder.make(settings.folder());
        PrintStream agentLog =
            new PrintStream(Files.newOutputStream(folder.agentLog()), true, UTF_8);
        LedgerFeed ledger = LedgerFeed.start(folder);
        Receivers receivers = Receivers.start(folder, ledger.ingestUrl(), chaos, trouble)) {
      Quarantine quarantine =
          trouble.watch(new FolderQuarantine(folder.quarantine(), QuarantineLayout.DEFAULT));
      try (LocalAws aws =
          LocalAws.start(
              settings,
              new Ports(receivers.bucket(), quarantine, chaos),
              ruleBooks,
              agentLog,
              trouble)) {
        MeteredApi api =
            new MeteredApi(
                LocalRoutes.of(
                    receivers,
                    quarantine,
                    chaos,
                    record -> aws.log(badLines.line(record)),
                    "dir:" + folder.bucket()),
                MeterLogOptions.DEFAULT);
        return serve(api, folder, aws, ledger);
      }
    }
  }

  private boolean serve(MeteredApi api, DemoFolder folder, LocalAws aws, LedgerFeed ledger)
      throws IOException {
    ObservedRecords findings = new ObservedRecords(folder);
    try (Loopback gateway =
            listen(new Gateway(new ApiFunction(api), EventForm.HTTP, listener(aws), clock));
        Caller caller =
            new Caller(URI.create(gateway.url("/")), settings.requests(), settings.seed())) {
      greet(gateway, folder, ledger);
      caller.start();
      Reconciliation balance = follow(caller, findings, aws, ledger);
      progress.end();
      caller.failures().forEach(failure -> words.println("meterline: " + failure));
      return report(balance, findings, aws, ledger) && caller.failures().isEmpty();
    }
  }

  /** The books are first: who finds a record must find there that it was sent. */
  private Gateway.Listener listener(LocalAws aws) {
    return (method, path, status, body, called) -> {
      books.answered(path, status, body, called);
      String line = new AccessLine(method, path, status, body, called).text(clock.instant());
      aws.logAccess(badAccessLines.accessLine(line), called);
    };
  }

  private Loopback listen(Gateway gateway) throws IOException {
    int first = settings.port().orElse(USUAL_PORT);
    int last = settings.port().isPresent() ? first : first + PORTS_TRIED;
    for (int port = first; ; port++) {
      try {
        return Loopback.start(port, gateway);
      } catch (BindException e) {
        if (port == last) {
          throw new IOException(
              "port %d is taken; --port 0 takes one that is free".formatted(first), e);
        }
      }
    }
  }

  private void greet(Loopback gateway, DemoFolder folder, LedgerFeed ledger) {
    String api = gateway.url("/");
    words.println("API     " + api + "{" + String.join(",", MeteringRoute.words()) + "}");
    words.println("usage   " + ledger.url());
    words.println("bucket  " + folder.bucket() + (folder.isKept() ? "" : " (gone at the end)"));
    settings.rules().ifPresent(rules -> words.println("rules   " + rules.file()));
    if (settings.chaos()) {
      words.println("chaos   --seed " + settings.seed());
    }
    if (!settings.exits()) {
      words.println();
      words.println(
          "Try     curl -d '{\"customerId\":\"c1\",\"value\":1.10}' " + api + "direct-s3");
      words.println("        curl -X POST " + api + "stream-subscriber");
      words.println("Ctrl-C ends it, with a table of what was sent and what arrived.");
    }
  }

  /** Looks at the folders until all is there, or nothing comes any more. */
  private Reconciliation follow(
      Caller caller, ObservedRecords findings, LocalAws aws, LedgerFeed ledger) {
    long arrived = 0;
    Instant arrivedAt = clock.instant();
    while (true) {
      boolean isTroubled = trouble.first().isPresent();
      if (isStopped || isTroubled) {
        caller.stop();
      }
      boolean isEnding = (settings.exits() || isStopped || isTroubled) && caller.isDone();
      // Before the look: what was written by then is found.
      boolean rests = isEnding && aws.isAtRest();
      look(findings, ledger);
      Reconciliation balance = Reconciliation.of(books, ruleBooks, findings);
      progress.show(balance);
      if (isEnding && (isTroubled || (rests && balance.missing().isEmpty()))) {
        return balance;
      }
      if (balance.arrived() != arrived || !isEnding) {
        arrived = balance.arrived();
        arrivedAt = clock.instant();
      }
      Duration most = isStopped ? GIVEN_UP_AFTER_STOP : GIVEN_UP_AFTER;
      if (clock.instant().isAfter(arrivedAt.plus(most))) {
        return balance;
      }
      pause();
    }
  }

  private void look(ObservedRecords findings, LedgerFeed ledger) {
    try {
      if (findings.look()) {
        ledger.load();
      }
    } catch (IOException e) {
      // Told below the table, which shows how far it got.
      trouble.report(e);
    }
  }

  private void pause() {
    try {
      Thread.sleep(LOOK_EVERY);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      isStopped = true;
    }
  }

  private boolean report(
      Reconciliation balance, ObservedRecords findings, LocalAws aws, LedgerFeed ledger)
      throws IOException {
    Table.lines(balance).forEach(out::println);
    long stored = ledger.records();
    long delivered = findings.delivered().size();
    out.println(
        "%d sent, %d missing; the ledger counts %d records of %d objects"
            .formatted(balance.sent(), balance.missing().size(), stored, findings.objects()));
    if (settings.rules().isPresent()) {
      out.println(
          "%d lines in the access log; rules made nothing of %d"
              .formatted(ruleBooks.accessLines(), ruleBooks.passedOver()));
    }
    if (settings.chaos()) {
      out.println(chaos(aws));
    }
    balance.missing().forEach(id -> out.println("missing: " + id));
    balance.wrong().forEach(mistake -> out.println("wrong: " + mistake));
    out.flush();
    Optional<Throwable> failure = trouble.first();
    if (failure.isPresent()) {
      throw new IOException("the demo can't go on: " + failure.get().getMessage(), failure.get());
    }
    if (stored != delivered) {
      out.println("wrong: the bucket has %d records".formatted(delivered));
    }
    return balance.isRight() && stored == delivered;
  }

  private String chaos(LocalAws aws) {
    return "chaos: put-failed %d%s"
        .formatted(
            chaos.failed(),
            new TreeMap<>(aws.faults())
                .entrySet().stream()
                    .map(fault -> ", %s %d".formatted(word(fault.getKey()), fault.getValue()))
                    .collect(Collectors.joining()));
  }

  private static String word(Fault fault) {
    return fault.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** What the agents deliver to. */
  private record Ports(MeterSink bucket, Quarantine kept, Chaos chaos) implements LocalAws.Ports {
    @Override
    public MeterSink sink(Sandbox sandbox) {
      return chaos.over(bucket, sandbox);
    }

    @Override
    public Quarantine quarantine(Sandbox sandbox) {
      return chaos.over(kept, sandbox);
    }
  }
}
