package io.meterline.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.ledger.Ledger;
import io.meterline.ledger.LedgerSettings;
import io.meterline.ledger.LoadListener;
import io.meterline.ledger.LoadReport;
import io.meterline.testing.MotoServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code meterline ledger} and a bucket. */
final class LedgerBucketTest {
  private static final int OBJECTS = 30;

  /** moto looks at who signs, and not at the signature. */
  private static final String AUTHORIZATION =
      "AWS4-HMAC-SHA256 Credential=access/20261124/us-east-1/s3/aws4_request,"
          + " SignedHeaders=host, Signature=0";

  private static MotoServer moto;

  @TempDir private Path folder;
  private final Map<String, String> environment =
      new HashMap<>(Map.of("ACCESS_KEY", "AKIAGIVEN", "SECRET_KEY", "given-secret"));
  private final String bucket = "usage-" + UUID.randomUUID();
  private String ledger = "";
  private StringWriter out = new StringWriter();
  private StringWriter err = new StringWriter();

  @BeforeAll
  static void start() {
    moto = MotoServer.start();
  }

  @AfterAll
  static void stop() {
    if (moto != null) {
      moto.close();
    }
  }

  @BeforeEach
  void fill() throws Exception {
    ledger = folder.resolve("ledger").toString();
    send("PUT", "", "");
    for (int i = 0; i < OBJECTS; i++) {
      send("PUT", key(i), "[" + record(i) + "]");
    }
    send("PUT", "ingest/quarantine/2026-10-25/a.ndjson", record(1000));
    send("PUT", "ingested/a.json", record(1001));
  }

  @Test
  void objectsAreLoadedOnceAndCheckedAgainstTheBucket() {
    assertThat(run("ledger", "load", "--ledger", ledger, place("ingest"))).isEqualTo(0);
    assertThat(err.toString()).contains("objects=30 already-there=0 ").contains("stored=30 ");
    assertThat(run("ledger", "load", "--ledger", ledger, place("ingest/"))).isEqualTo(0);
    assertThat(err.toString()).contains("objects=0 already-there=30 ");
    assertThat(run("ledger", "check", "--ledger", ledger)).isEqualTo(0);
    assertThat(err.toString())
        .contains("verified=30 not-at-hand=0 differences=0")
        .doesNotContain("given-secret", "AKIAGIVEN");
  }

  @Test
  void oneObjectCanBeNamed() {
    assertThat(run("ledger", "load", "--ledger", ledger, place(key(7)))).isEqualTo(0);
    assertThat(err.toString()).contains("objects=1 ");
  }

  @Test
  void whatIsBrokenOrOtherThanBeforeIsNamedAndLoadingGoesOn() throws Exception {
    send("PUT", key(3), "[" + record(3));
    run("ledger", "load", "--ledger", ledger, place("ingest"));
    assertThat(err.toString())
        .contains("meterline: " + key(3) + ": truncated: ")
        .contains("objects=29 already-there=0 broken=1 failed=0");
    send("PUT", key(3), "[" + record(3) + "]");
    send("PUT", key(4), "[" + record(4000) + "]");
    assertThat(run("ledger", "load", "--strict", "--ledger", ledger, place("ingest"))).isEqualTo(3);
    assertThat(err.toString())
        .contains(key(4) + ": refused: the ledger has another content under this name")
        .contains("objects=1 already-there=28 broken=1 failed=0");
    assertThat(run("ledger", "check", "--ledger", ledger)).isEqualTo(1);
    assertThat(out.toString()).contains("its place has another content under this name now");
  }

  @Test
  void whatVanishesBeforeItIsReadIsToBeLoadedAgain() throws Exception {
    var vanishing = new LedgerPlaces(environment).open(place("ingest"));
    LoadListener listener =
        new LoadListener() {
          @Override
          public void passed(String key, long bytes) {
            if (key.equals(key(0))) {
              delete(key(OBJECTS - 1));
            }
          }

          @Override
          public void complaint(String key, String why) {
            err.append(key).append(": ").append(why);
          }
        };
    try (Ledger opened = Ledger.open(Path.of(ledger), LedgerSettings.DEFAULT)) {
      LoadReport report = opened.load(vanishing, listener);
      assertThat(report.failed()).isEqualTo(1);
      assertThat(report.objects()).isEqualTo(OBJECTS - 1);
    }
    assertThat(err.toString())
        .startsWith(key(OBJECTS - 1) + ": can't be read: s3://")
        .endsWith("it is there no more");
  }

  @Test
  void servesWhatTheBucketHas() throws Exception {
    Process process =
        new Program(folder)
            .with(environment)
            .start("serve", "--ledger", ledger, "--port", "0", "--load", place("ingest"));
    try (HttpClient client = HttpClient.newHttpClient();
        var printed = process.inputReader()) {
      URI usage =
          URI.create(printed.readLine() + "api/usage?meter=m&from=2026-10-25&to=2026-10-26");
      HttpRequest question = HttpRequest.newBuilder(usage).header("Accept", "text/csv").build();
      String answer = "";
      // Each question waits for its answer: the loop turns slowly, and the watch is soon there.
      while (process.isAlive() && !answer.equals("value\n" + OBJECTS + "\n")) {
        answer = client.send(question, BodyHandlers.ofString()).body();
      }
      assertThat(answer).isEqualTo("value\n" + OBJECTS + "\n");
    } finally {
      process.destroy();
    }
    assertThat(process.waitFor(1, MINUTES)).isTrue();
  }

  @Test
  void mistakesAreSaidInWords() {
    assertThat(run("ledger", "load", "--ledger", ledger, "s3://" + bucket + "?reigon=x"))
        .isEqualTo(2);
    assertThat(err.toString()).contains("unknown option 'reigon': did you mean 'region'?");
    assertThat(run("ledger", "load", "--ledger", ledger, "ftp://x")).isEqualTo(2);
    assertThat(err.toString()).contains("'ftp://x' is not a place to load from");
    String missing = "s3://missing-bucket?endpoint=" + moto.endpoint();
    assertThat(run("ledger", "load", "--ledger", ledger, missing)).isEqualTo(1);
    assertThat(err.toString()).contains("404 NoSuchBucket").doesNotContain("\tat ");
  }

  private String place(String prefix) {
    return "s3://" + bucket + "/" + prefix + "?endpoint=" + moto.endpoint();
  }

  private static String key(int number) {
    return "ingest/records/2026-10-25/%040x.json".formatted(number);
  }

  private static String record(int number) {
    return "{\"meterApiName\":\"m\",\"customerId\":\"c\",\"meterTimeInMillis\":%d,\"meterValue\":1}"
        .formatted(1_792_886_400_000L + number);
  }

  private void delete(String key) {
    try {
      send("DELETE", key, "");
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private void send(String method, String key, String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(moto.endpoint().resolve("/" + bucket + "/" + key))
            .header("Authorization", AUTHORIZATION)
            .method(method, BodyPublishers.ofByteArray(body.getBytes(UTF_8)))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      assertThat(client.send(request, BodyHandlers.ofString()).statusCode()).isLessThan(300);
    }
  }

  private int run(String... arguments) {
    out = new StringWriter();
    err = new StringWriter();
    return Meterline.commandLine(false, environment)
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }
}
