package io.meterline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The files in {@code examples/} print what their README says. */
final class ExamplesTest {
  private static final Path EXAMPLES = Path.of("..", "examples").toAbsolutePath().normalize();

  private final Program program;

  ExamplesTest(@TempDir Path home) {
    program = new Program(home);
  }

  @ParameterizedTest
  @CsvSource({
    "kinesis-event.json, payloads=3 events=6 control=1 records=5 quarantined=1, missing-field=1",
    "direct-event.json, payloads=1 events=3 control=0 records=2 quarantined=0, ''",
    "payload.json, payloads=1 events=3 control=0 records=2 quarantined=0, ''",
    "payload.json.gz, payloads=1 events=3 control=0 records=2 quarantined=0, ''",
    "app.log, payloads=0 events=7 control=0 records=3 quarantined=1, truncated=1",
  })
  void eachPrintsItsRecords(String file, String counts, String reason) throws Exception {
    Program.Ended ended = program.run("extract", EXAMPLES.resolve(file).toString());
    assertThat(ended.code()).isZero();
    List<String> words = new ArrayList<>(List.of(counts));
    if (!reason.isEmpty()) {
      words.addFirst("quarantined=1 (" + reason + "): keep them with --quarantine FILE");
    }
    assertThat(ended.err()).isEqualTo(words);
    assertThat(ended.out()).allMatch(record -> record.contains("\"meterTimeInMillis\":17936109"));
    assertThat(counts).contains("records=" + ended.out().size());
  }

  @Test
  void theSamePayloadPrintsTheSameInEveryForm() throws Exception {
    List<String> kinesis = program.run("extract", example("kinesis-event.json")).out();
    List<String> others =
        program
            .run(
                "extract",
                example("direct-event.json"),
                example("payload.json"),
                example("payload.json.gz"))
            .out();
    List<String> first = kinesis.subList(0, 2);
    assertThat(first.get(1))
        .isEqualTo(
            "{\"meterApiName\":\"api-calls\",\"customerId\":\"bluebikes\",\"meterValue\":1,\"dimensions\":{\"endpoint\":\"/tiles\",\"status\":\"200\"},\"meterTimeInMillis\":1793610900845,\"uniqueId\":\"f12cde7c5771d079b102f837353ba26f\"}");
    assertThat(others.subList(0, 2)).isEqualTo(first);
    assertThat(others.subList(2, 4)).isEqualTo(first);
    assertThat(others.subList(4, 6)).isEqualTo(first);
  }

  private static String example(String file) {
    return EXAMPLES.resolve(file).toString();
  }
}
