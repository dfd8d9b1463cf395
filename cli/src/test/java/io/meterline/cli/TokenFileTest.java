package io.meterline.cli;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TokenFileTest {
  private static final String TOKEN = "correct-horse-battery";

  @TempDir private Path folder;

  @Test
  void theTokenIsItsLineWithoutTheEnd() throws IOException {
    assertThat(TokenFile.read(file((TOKEN + "\r\n").getBytes(UTF_8)))).isEqualTo(TOKEN);
  }

  @Test
  void whatIsNoTokenIsExplainedWithoutRepeatingIt() throws IOException {
    assertWrong(TOKEN.getBytes(UTF_16), "UTF-16");
    assertWrong(TOKEN.getBytes(UTF_16LE), "UTF-16");
    assertWrong(("\uFEFF" + TOKEN).getBytes(UTF_8), "byte order mark");
    assertWrong((TOKEN + "\n" + TOKEN).getBytes(UTF_8), "several lines");
    assertWrong((TOKEN + "€").getBytes(UTF_8), "beyond ASCII");
    assertWrong((TOKEN + "\u0007" + TOKEN).getBytes(UTF_8), "control characters");
    assertWrong((TOKEN + " " + TOKEN).getBytes(UTF_8), "spaces");
    assertWrong("   \n".getBytes(UTF_8), "no token in it");
    assertWrong("shorter".getBytes(UTF_8), "can be guessed");
    assertWrong(TOKEN.repeat(1000).getBytes(UTF_8), "longer than 4096 bytes");
  }

  private void assertWrong(byte[] bytes, String why) throws IOException {
    Path file = file(bytes);
    assertThatThrownBy(() -> TokenFile.read(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining(why)
        .hasMessageContaining("openssl rand")
        .message()
        .doesNotContain("correct");
  }

  private Path file(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("token"), bytes);
  }
}
