package io.meterline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.meterline.mapping.RuleFile;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BoundedTextTest {
  @TempDir private Path home;

  @Test
  void aFileOfTheLimitIsReadAndALongerOneIsNot() throws IOException {
    Path file = home.resolve("a.yaml");
    String text = "\u20ac\ud83d\ude00".repeat(3000);
    Files.writeString(file, text);
    assertThat(BoundedText.read(file, text.length())).isEqualTo(text);
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> BoundedText.read(file, text.length() - 1))
        .withMessage("%s: the file is longer than %d characters, the limit", file, 8999);
  }

  @Test
  void whatIsNotUtf8IsRefused() throws IOException {
    Path file = Files.write(home.resolve("a.yaml"), new byte[] {'a', (byte) 0xFF});
    assertThatExceptionOfType(CharacterCodingException.class)
        .isThrownBy(() -> BoundedText.read(file, 100));
  }

  @Test
  void commandsRefuseAnEndlessFileWithTheLimit() throws Exception {
    Path endless = Path.of("/dev/zero");
    assumeTrue(Files.exists(endless), "there is no /dev/zero here");
    Program program = new Program(home, "-Xmx128m");
    Program.Ended mapping = program.run("try-mapping", "/dev/zero", "-");
    assertThat(mapping.err())
        .containsExactly(
            "meterline: /dev/zero: the file is longer than %d characters, the limit"
                .formatted(RuleFile.MOST_CHARACTERS));
    assertThat(mapping.code()).isEqualTo(1);
    Program.Ended meters =
        program.run("ledger", "meters", "--ledger", "usage", "--define", "/dev/zero");
    assertThat(meters.err())
        .containsExactly(
            "meterline: /dev/zero: the file is longer than 1048576 characters, the limit");
    assertThat(meters.code()).isEqualTo(1);
  }
}
