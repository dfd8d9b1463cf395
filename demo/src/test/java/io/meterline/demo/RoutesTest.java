package io.meterline.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meterline.emitter.MeterLogOptions;
import io.meterline.testing.IngestReceiver;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The API as its environment sets it up. */
final class RoutesTest {
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final Path folder;

  RoutesTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void aWayThatIsNotSetUpSaysWhichVariableItMisses() {
    MeteredApi api = api(Map.of());
    for (String word : List.of("direct-api", "direct-s3", "direct-sqs")) {
      String variable = "DEMO_" + word.replace('-', '_').toUpperCase(java.util.Locale.ROOT);
      ApiResponse answer = post(api, word);
      assertThat(answer.status()).isEqualTo(502);
      assertThat(answer.body()).contains(variable + " is not set");
    }
  }

  @Test
  void loggedWaysPrintOneLineEachWithTheMarkerOfTheirSubscription() {
    MeteredApi api = api(Map.of("DEMO_AGENT_DESTINATION", "s3://bucket"));
    String first = post(api, "cw-subscriber").body();
    ApiResponse second = post(api, "stream-subscriber");
    assertThat(printed.toString(UTF_8))
        .isEqualTo(
            "meter_record_for_cw %s\nmeter_record_for_stream %s\n".formatted(first, second.body()));
    assertThat(second.headers()).containsEntry("Meterline-Destination", "s3://bucket");
  }

  @Test
  void aRecordThatIsPutDirectlyIsAnObjectOfTheContract() throws IOException {
    ApiResponse answer = post(api(Map.of("DEMO_DIRECT_S3", "dir:" + folder)), "direct-s3");
    assertThat(answer.status()).isEqualTo(200);
    Path object = files().getFirst();
    assertThat(folder.relativize(object).toString())
        .matches("ingest/records/\\d{4}-\\d\\d-\\d\\d/[0-9a-f]{40}\\.json");
    assertThat(object).hasContent("[" + answer.body() + "]");
  }

  @Test
  void aRecordThatIsPostedDirectlyArrivesAtTheReceiver() throws IOException {
    try (IngestReceiver receiver = IngestReceiver.start("the-key")) {
      ApiResponse answer = post(api(http(receiver)), "direct-api");
      assertThat(answer.status()).isEqualTo(200);
      assertThat(receiver.accepted()).containsExactly(List.of(answer.body()));
      assertThat(answer.headers())
          .containsEntry("Meterline-Destination", receiver.url().toString());
    }
  }

  @Test
  void aRecordThatTheReceiverRefusesIsInQuarantineAndTheCallerKnows() throws IOException {
    try (IngestReceiver receiver = IngestReceiver.start("the-key")) {
      receiver.refuse(record -> true, 400, "no such customer");
      ApiResponse answer = post(api(http(receiver)), "direct-api");
      assertThat(answer.status()).isEqualTo(502);
      assertThat(Files.readString(files().getFirst()))
          .contains("\"reason\":\"refused\"", "no such customer");
    }
  }

  @Test
  void aVariableThatIsWrongIsNamed() {
    assertThatThrownBy(() -> api(Map.of("DEMO_DIRECT_S3", "ftp://x")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("DEMO_DIRECT_S3: ");
    assertThatThrownBy(() -> api(Map.of("DEMO_DIRECT_API", "https://x/ingest")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("DEMO_DIRECT_API: ")
        .hasMessageContaining("METERLINE_QUARANTINE");
  }

  private Map<String, String> http(IngestReceiver receiver) {
    Map<String, String> environment = new HashMap<>();
    environment.put("DEMO_DIRECT_API", receiver.url().toString());
    environment.put("METERLINE_API_KEY", "the-key");
    environment.put("METERLINE_QUARANTINE", "dir:" + folder);
    return environment;
  }

  private MeteredApi api(Map<String, String> environment) {
    PrintStream log = new PrintStream(printed, false, UTF_8);
    return new MeteredApi(Routes.ofEnvironment(environment, log), MeterLogOptions.DEFAULT);
  }

  private static ApiResponse post(MeteredApi api, String word) {
    return api.answer(new Request("POST", "/" + word, new byte[0]));
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }
}
