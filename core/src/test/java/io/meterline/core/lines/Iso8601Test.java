package io.meterline.core.lines;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.core.record.LocalTimes;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class Iso8601Test {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2022-09-13T19:21:45.062Z        | 2022-09-13T19:21:45.062Z",
        "2022-09-13T19:21:45.062Z\t6f1   | 2022-09-13T19:21:45.062Z",
        "2022-09-13T19:21:45Z            | 2022-09-13T19:21:45Z",
        "2022-09-13T19:21:45             | 2022-09-13T19:21:45Z",
        "2022-09-13T19:21Z INFO          | 2022-09-13T19:21:00Z",
        "2022-09-13T19:21 INFO           | 2022-09-13T19:21:00Z",
        "2022-09-13T19:21:45,062 INFO    | 2022-09-13T19:21:45.062Z",
        "2022-09-13T19:21:45.0Z          | 2022-09-13T19:21:45Z",
        "2022-09-13T19:21:45.1Z          | 2022-09-13T19:21:45.100Z",
        "2022-09-13T19:21:45.062999999Z  | 2022-09-13T19:21:45.062Z",
        "2022-09-13T19:21:45.062+02:00 x | 2022-09-13T17:21:45.062Z",
        "2022-09-13T19:21:45+0530        | 2022-09-13T13:51:45Z",
        "2022-09-13T19:21:45-07          | 2022-09-14T02:21:45Z",
        "2022-09-13T19:21:45.062Z] x     | 2022-09-13T19:21:45.062Z",
        "2024-02-29T00:00:00Z            | 2024-02-29T00:00:00Z",
        "1969-12-31T23:59:59.999Z        | 1969-12-31T23:59:59.999Z",
        "9999-12-31T23:59:59.999Z        | 9999-12-31T23:59:59.999Z",
        "2016-12-31T23:59:60Z            | 2017-01-01T00:00:00Z",
      })
  void aTimeAtTheStartIsRead(String line, String time) {
    assertThat(parse(line)).isEqualTo(Instant.parse(time).toEpochMilli());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "INFO 2022-09-13T19:21:45Z",
        " 2022-09-13T19:21:45Z",
        "[2022-09-13T19:21:45Z]",
        "2022-09-13",
        "2022-09-13 19:21:45",
        "2022-09-13T19",
        "2022-09-13T19:2",
        "2022-9-13T19:21:45Z",
        "2022-13-13T19:21:45Z",
        "2022-02-30T19:21:45Z",
        "2023-02-29T19:21:45Z",
        "2022-09-00T19:21:45Z",
        "2022-09-13T24:21:45Z",
        "2022-09-13T19:60:45Z",
        "2022-09-13T19:21:61Z",
        "2022-09-13T19:21:45.Z",
        "2022-09-13T19:21:Z",
        "2022-09-13T19:21:45+2",
        "2022-09-13T19:21:45+02:",
        "2022-09-13T19:21:45Zulu",
        "2022-09-13T19:21:456",
        "2022-09-13T19:21:45.062+02:00x",
        "20220913T192145Z",
        "1663094105062",
      })
  void whatIsNoTimeIsNone(String line) {
    assertThat(parse(line)).isEqualTo(Iso8601.NONE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2022-09-13T19:21:45.062+02:00", "2022-09-13T19:21Z"})
  void itIsReadFromTheMiddleOfABufferAndNeverBeyondItsEnd(String time) {
    byte[] bytes = ("xx" + time + "9:59").getBytes(UTF_8);
    assertThat(new Iso8601(LocalTimes.utc()).parse(bytes, 2, 2 + time.length()))
        .isEqualTo(parse(time));
  }

  @Test
  void theLineBeforeChangesNothing() {
    Iso8601 times = new Iso8601(LocalTimes.utc());
    List<String> lines =
        List.of(
            "2022-09-13T19:21:45.062Z",
            "2022-09-13T19:21:46+02:00",
            "2022-09-13T19:21",
            "2022-09-13T19:2",
            "2022-09-13T19:21:61Z",
            "2022-09-13T19:22:00Z",
            "2022-09-31T19:21:45Z",
            "2022-09-31T19:21:45Z",
            "2022-10-13T19:21:45Z",
            "\0".repeat(20),
            "2022-09-13T19:21:45.062Z");
    for (String line : lines) {
      byte[] bytes = line.getBytes(UTF_8);
      assertThat(times.parse(bytes, 0, bytes.length)).as(line).isEqualTo(parse(line));
    }
  }

  private static long parse(String line) {
    byte[] bytes = line.getBytes(UTF_8);
    return new Iso8601(LocalTimes.utc()).parse(bytes, 0, bytes.length);
  }

  @ParameterizedTest
  @CsvSource({
    "Europe/Vienna, 2026-01-15T12:00:00.250, 2026-01-15T11:00:00.250Z",
    "Europe/Vienna, 2026-07-15T12:00, 2026-07-15T10:00:00Z",
    "Europe/Vienna, 2026-07-15T12:00:00Z, 2026-07-15T12:00:00Z",
    "Europe/Vienna, 2026-07-15T12:00:00-03:00, 2026-07-15T15:00:00Z",
    // The hour that is left out in spring: as if the clock had not been set forward.
    "Europe/Vienna, 2026-03-29T01:59:59, 2026-03-29T00:59:59Z",
    "Europe/Vienna, 2026-03-29T02:30:00, 2026-03-29T01:30:00Z",
    "Europe/Vienna, 2026-03-29T03:00:00, 2026-03-29T01:00:00Z",
    // The hour that comes twice in autumn: the first of both.
    "Europe/Vienna, 2026-10-25T01:59:59, 2026-10-24T23:59:59Z",
    "Europe/Vienna, 2026-10-25T02:00:00, 2026-10-25T00:00:00Z",
    "Europe/Vienna, 2026-10-25T02:59:59, 2026-10-25T00:59:59Z",
    "Europe/Vienna, 2026-10-25T03:00:00, 2026-10-25T02:00:00Z",
    "+05:45, 2026-07-15T12:00:00, 2026-07-15T06:15:00Z"
  })
  void aTimeWithoutAZoneIsReadInTheZoneThatIsGiven(String zone, String time, Instant instant) {
    byte[] bytes = time.getBytes(UTF_8);
    var times = new Iso8601(new LocalTimes(ZoneId.of(zone)));
    assertThat(Instant.ofEpochMilli(times.parse(bytes, 0, bytes.length))).isEqualTo(instant);
    assertThat(times.isLocal()).isEqualTo(!time.matches(".*T.*(Z|[+-].*)"));
  }
}
