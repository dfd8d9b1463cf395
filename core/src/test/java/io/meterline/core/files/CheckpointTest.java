package io.meterline.core.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.meterline.core.PartLimits;
import io.meterline.core.files.Checkpoint.Cut;
import io.meterline.core.files.Fingerprint.Line;
import io.meterline.core.files.Trace.Edge;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CheckpointTest {
  private static final FileIdentity IDENTITY =
      new FileIdentity("/var/log/app.log", 3, 1024, "ab12");
  private static final Cut CUT = new Cut(5_000_000_000L, 1_663_094_105_062L, new PartLimits(7, 9));

  @Test
  void itIsReadAsItWasWritten() throws IOException {
    Cut next = new Cut(5_000_000_123L, 1_663_094_105_063L, new PartLimits(8, 10));
    Fingerprint fingerprint =
        new Fingerprint(7, List.of(1L, -2L), List.of(new Line(0, -3), new Line(4, 5)));
    Trace trace =
        new Trace(
            true,
            new Edge(9, "ab"),
            new Edge(8, "cd"),
            new Edge(7, "ef"),
            fingerprint,
            new Stat("(dev=3,inode=5):x", 6, -1),
            new Settings("a\nb", "--format json"));
    for (List<Cut> cuts : List.of(List.<Cut>of(), List.of(CUT), List.of(CUT, next, next))) {
      Checkpoint checkpoint = new Checkpoint(IDENTITY, 4_999_999_999L, cuts, trace);
      assertThat(Checkpoint.parse(checkpoint.toBytes())).isEqualTo(checkpoint);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/a\nb",
        "/a\\nb",
        "/a=b:c",
        "/ü 😀",
        "/#x",
        "/x ",
        "/a\rb",
        "/\t",
        "C:\\log\\u0041"
      })
  void anyPathIsReadAsItWasWritten(String path) throws IOException {
    FileIdentity identity = new FileIdentity(path, 0, 0, "");
    Checkpoint checkpoint = new Checkpoint(identity, 0);
    assertThat(Checkpoint.parse(checkpoint.toBytes())).isEqualTo(checkpoint);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "version=2\npath=/x\ngeneration=0\nhead=1:ab\ndelivered=5\n",
        "version=1\n",
        "version=1\npath=/x\ngeneration=x\nhead=1:ab\ndelivered=5\n",
        "version=1\npath=/x\ngeneration=0\nhead=1\ndelivered=5\n",
        "version=1\npath=/x\ngeneration=0\nhead=1:ab\n",
        "version=1\npath=/x\ngeneration=0\nhead=1:ab\ndelivered=5\n",
        "version=1\npath=/x\ngeneration=0\nhead=1:ab\ndelivered=5\ncut.0=9:1:2\n",
        "version=1\npath=/x\ngeneration=0\nhead=1:ab\ndelivered=5\ncut.0=9:1:2:x\n",
        "version=1\npath=\\uXYZ\ngeneration=0\nhead=1:ab\ndelivered=5\n",
        "\0\0\0\0"
      })
  void aBrokenOneIsAnErrorAndNotAStartFromZero(String text) {
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> Checkpoint.parse(text.getBytes(UTF_8)))
        .withMessageStartingWith("it ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "delivered=5  | delivered=-5 | it has delivered=-5, not a number between 0 and 9223372036854775807",
        "delivered=5  | delivered=x  | it has delivered=x, not a number",
        "generation=0 | generation=-1| it has generation=-1, not a number between 0 and 2147483647",
        "head=1:ab    | head=-1:ab   | it has head=-1, not a number between 0 and 1024",
        "head=1:ab    | head=2000000000:ab | it has head=2000000000, not a number between 0 and 1024",
        "cut.0=9:1:2:3 | cut.0=4:1:2:3 | it has a cut that ends at 4, before 5",
        "cut.0=9:1:2:3 | cut.0=-9:1:2:3 | it has cut.to=-9, not a number between 0 and",
        "cut.0=9:1:2:3 | cut.0=9:1:0:3 | it has cut.records=0, not a number between 1 and",
        "cut.0=9:1:2:3 | cut.0=9:1:2:-3 | it has cut.bytes=-3, not a number between 1 and",
        "cut.0=9:1:2:3 | cut.0=9:1:2 | it has the cut 9:1:2, not four numbers"
      })
  void aFieldThatCantBeRightIsNamed(String right, String wrong, String message) throws IOException {
    List<Cut> cuts = List.of(new Cut(9, 1, new PartLimits(2, 3)));
    FileIdentity identity = new FileIdentity("/x", 0, 1, "ab");
    String text = new String(new Checkpoint(identity, 5, cuts, Trace.NEW).toBytes(), UTF_8);
    assertThat(text).contains(right);
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> Checkpoint.parse(text.replace(right, wrong).getBytes(UTF_8)))
        .withMessageStartingWith(message);
  }
}
