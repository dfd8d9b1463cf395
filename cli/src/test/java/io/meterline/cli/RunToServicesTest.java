package io.meterline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.testing.IngestReceiver;
import io.meterline.testing.MotoServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code meterline run} to sinks that are no folder. */
final class RunToServicesTest {
  private static final String LINE =
      "2026-11-22T08:00:00Z meter_record_for_stream"
          + " {\"meterApiName\":\"m\",\"customerId\":\"%s\",\"meterValue\":1}\n";
  private static final String KEY = "key-Zq81xv";

  @TempDir private Path folder;

  private final Map<String, String> environment = new HashMap<>();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Path log;

  @BeforeEach
  void write() throws IOException {
    environment.put("XDG_STATE_HOME", folder.resolve("state").toString());
    environment.put("METERLINE_API_KEY", KEY);
    log = folder.resolve("app.log");
    Files.writeString(log, LINE.formatted("c1") + LINE.formatted("bad") + LINE.formatted("c2"));
  }

  @Test
  void aReceiverOverHttpGetsEachRecordOnceAndARefusedOneIsCounted() throws IOException {
    try (IngestReceiver receiver = IngestReceiver.start(KEY)) {
      receiver.refuse(text -> text.contains("\"bad\""), 400, "no such customer");
      String to = receiver.url().toString();
      assertThat(run("--from", "file:" + log, "--to", to, "--strict")).isEqualTo(3);
      assertThat(run("--from", "file:" + log, "--to", to, "--strict")).isEqualTo(0);
      assertThat(receiver.accepted().stream().flatMap(List::stream)).hasSize(2);
    }
    Path quarantine = onlyFolderIn(folder.resolve("state/meterline")).resolve("quarantine");
    assertThat(err.toString())
        .contains("what can't be taken goes to " + quarantine)
        .contains("records=2 quarantined=1")
        .contains("nothing new")
        .doesNotContain(KEY);
    assertThat(contents(quarantine)).contains("\"refused\"").contains("no such customer");
  }

  @Test
  void eachSinkHasAStateOfItsOwn() throws IOException {
    try (IngestReceiver one = IngestReceiver.start(KEY);
        IngestReceiver two = IngestReceiver.start(KEY)) {
      run("--from", "file:" + log, "--to", one.url().toString());
      run("--from", "file:" + log, "--to", two.url().toString());
      assertThat(two.accepted().stream().flatMap(List::stream)).hasSize(3);
    }
  }

  @Test
  void aBucketGetsTheObjectAndASecondRunAddsNothing() throws Exception {
    try (MotoServer moto = MotoServer.start()) {
      environment.put("ACCESS_KEY", "AKIAGIVEN");
      environment.put("SECRET_KEY", "given-secret");
      HttpRequest makeBucket =
          HttpRequest.newBuilder(moto.endpoint().resolve("/usage"))
              .PUT(
                  BodyPublishers.ofString(
                      "<CreateBucketConfiguration><LocationConstraint>us-west-2"
                          + "</LocationConstraint></CreateBucketConfiguration>"))
              .build();
      try (HttpClient client = HttpClient.newHttpClient()) {
        assertThat(client.send(makeBucket, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
      }
      String to = "s3://usage?endpoint=" + moto.endpoint();
      assertThat(run("--from", "file:" + log, "--to", to)).isEqualTo(0);
      assertThat(run("--from", "file:" + log, "--to", to, "--state", folder + "/new")).isEqualTo(0);
      assertThat(err.toString())
          .contains("records=3 quarantined=0 objects=1 already=0")
          .contains("records=3 quarantined=0 objects=0 already=1")
          .doesNotContain("given-secret", "AKIAGIVEN");
    }
  }

  @Test
  void aMistakeInTheUriIsWrongUsageAndWritesNothing() {
    assertThat(run("--from", "file:" + log, "--to", "s3://usage?reigon=x")).isEqualTo(2);
    assertThat(err.toString().lines())
        .containsExactly(
            "meterline: --to: s3://usage: unknown option 'reigon': did you mean 'region'?"
                + " (known: acl, endpoint, external-id, format, kms, max-bytes, region, role,"
                + " secret)",
            "'meterline run --help' tells how.");
    assertThat(folder.resolve("state")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "htps://u:pa55@host/in?token=t0k",
        "https://u:pa55@host/in?token=t0k",
        "https://host/i n?token=t0k#pa55",
        "s3://bucket/a?secret=pa55&token=t0k",
        "s3://bucket?t0k"
      })
  void anAddressIsNotShownWithWhatItMayHide(String to) {
    assertThat(run("--from", "file:" + log, "--to", to)).isEqualTo(2);
    assertThat(run("--from", "file:" + log, "--to", "dir:out", "--quarantine", to)).isEqualTo(2);
    assertThat(run("--from", "file:" + log, to)).isEqualTo(2);
    assertThat(out + err.toString()).contains("--to: ").doesNotContain("pa55", "t0k", KEY);
  }

  @Test
  void aKeyGoesToAnotherMachineByTlsUnlessItIsAllowed() {
    String to = "http://receiver.invalid/in";
    assertThat(run("--from", "file:" + log, "--to", to)).isEqualTo(2);
    assertThat(err.toString())
        .contains("the API key could be read on its way to " + to)
        .contains("--insecure-http")
        .doesNotContain(KEY);
    environment.put("METERLINE_RETRY_SECONDS", "0");
    assertThat(run("--from", "file:" + log, "--to", to, "--insecure-http")).isEqualTo(1);
    assertThat(err.toString()).contains("the host receiver.invalid can't be found");
  }

  @ParameterizedTest
  @ValueSource(strings = {"k3y\u200b", "\ufeffk3y", "k3y\u20ac", "k3y\nk3y"})
  void aKeyThatNoHeaderCanCarryIsWrongUsageAndNotShown(String key) {
    environment.put("METERLINE_API_KEY", key);
    assertThat(run("--from", "file:" + log, "--to", "http://127.0.0.1:9/in")).isEqualTo(2);
    assertThat(err.toString()).contains("METERLINE_API_KEY: character ").doesNotContain("k3y");
  }

  @Test
  void aPrefixIsGivenOnce() {
    assertThat(run("--from", "file:" + log, "--to", "s3://usage/a", "--prefix", "b")).isEqualTo(2);
    assertThat(err.toString()).contains("--prefix: 's3://usage/a' has a prefix already");
  }

  @Test
  void withoutARegionItIsSaidHowToNameOne() {
    assertThat(run("--from", "file:" + log, "--to", "s3://usage")).isEqualTo(2);
    assertThat(err.toString())
        .contains("--to: s3://usage: no region is known: add region=… to it")
        .contains("METERLINE_S3_REGION or AWS_REGION");
    assertThat(folder.resolve("state")).doesNotExist();
  }

  @Test
  void aBucketThatIsOutOfReachCountsNothingAsDelivered() throws IOException {
    environment.put("ACCESS_KEY", "AKIAGIVEN");
    environment.put("SECRET_KEY", "given-secret");
    environment.put("METERLINE_RETRY_SECONDS", "0");
    int port;
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = closed.getLocalPort();
    }
    String to = "s3://usage/ingest?endpoint=http://127.0.0.1:" + port;
    assertThat(run("--from", "file:" + log, "--to", to, "--batch-records", "1")).isEqualTo(1);
    assertThat(err.toString())
        .startsWith(
            "objects go to s3://usage/ingest/yyyy-MM-dd/ (to ingest/records/yyyy-MM-dd/ where --to"
                + " has no prefix)\n")
        .endsWith("records=0 quarantined=0 objects=0 already=0 undelivered=3\n");
  }

  @Test
  void aWrongVariableOfTheEnvironmentIsNamed() {
    environment.put("ACCESS_KEY", "AKIAGIVEN");
    assertThat(run("--from", "file:" + log, "--to", "s3://usage")).isEqualTo(2);
    assertThat(err.toString()).contains("ACCESS_KEY is set, so SECRET_KEY must be too");
  }

  private int run(String... arguments) {
    String[] all = Stream.concat(Stream.of("run"), Stream.of(arguments)).toArray(String[]::new);
    return Meterline.commandLine(false, environment)
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(all);
  }

  private static Path onlyFolderIn(Path parent) throws IOException {
    try (Stream<Path> children = Files.list(parent)) {
      List<Path> all = children.toList();
      assertThat(all).hasSize(1);
      return all.getFirst();
    }
  }

  private static String contents(Path below) throws IOException {
    try (Stream<Path> files = Files.walk(below)) {
      var all = new StringBuilder();
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        all.append(Files.readString(file));
      }
      return all.toString();
    }
  }
}
