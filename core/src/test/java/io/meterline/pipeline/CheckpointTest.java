package io.meterline.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.meterline.PartLimits;
import io.meterline.pipeline.Checkpoint.Cut;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CheckpointTest {
  private static final FileIdentity IDENTITY =
      new FileIdentity("/var/log/app.log", 3, 1024, "ab12");
  private static final Cut CUT = new Cut(5_000_000_000L, 1_663_094_105_062L, new PartLimits(7, 9));

  @Test
  void itIsReadAsItWasWritten() throws IOException {
    for (Optional<Cut> cut : List.of(Optional.of(CUT), Optional.<Cut>empty())) {
      Checkpoint checkpoint = new Checkpoint(IDENTITY, 4_999_999_999L, cut);
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
    Checkpoint checkpoint = new Checkpoint(identity, 0, Optional.empty());
    assertThat(Checkpoint.parse(checkpoint.toBytes())).isEqualTo(checkpoint);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "version=2\n",
        "version=1\n",
        "version=1\npath=/x\ngeneration=x\nhead=1:ab\ndelivered=5\n",
        "version=1\npath=/x\ngeneration=0\nhead=1\ndelivered=5\n",
        "version=1\npath=/x\ngeneration=0\nhead=1:ab\n",
        "version=1\npath=/x\ngeneration=0\nhead=1:ab\ndelivered=5\ncut.to=9\n",
        "version=1\npath=\\uXYZ\ngeneration=0\nhead=1:ab\ndelivered=5\n",
        "\0\0\0\0"
      })
  void aBrokenOneIsAnErrorAndNotAStartFromZero(String text) {
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> Checkpoint.parse(text.getBytes(UTF_8)))
        .withMessageStartingWith("it ");
  }
}
