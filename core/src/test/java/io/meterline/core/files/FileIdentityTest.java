package io.meterline.core.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileIdentityTest {
  private final Path file;

  FileIdentityTest(@TempDir Path home) {
    file = home.resolve("app.log");
  }

  @Test
  void aFileThatGrewIsTheSame() throws IOException {
    FileIdentity identity = of("begin\n");
    assertThat(holds(identity, "begin\n")).isTrue();
    assertThat(holds(identity, "begin\nmore\n")).isTrue();
  }

  @Test
  void aFileThatStartsOtherwiseIsAnother() throws IOException {
    FileIdentity identity = of("begin\n");
    assertThat(holds(identity, "start\n")).isFalse();
    assertThat(holds(identity, "begin")).isFalse();
    assertThat(holds(identity, "")).isFalse();
  }

  @Test
  void whatStandsFarBehindTheStartDoesNotCount() throws IOException {
    FileIdentity identity = of("x".repeat(5_000));
    assertThat(identity.headBytes()).isEqualTo(1_024);
    assertThat(holds(identity, "x".repeat(2_000) + "y")).isTrue();
  }

  @Test
  void pathGenerationAndStartMakeTheSource() throws IOException {
    FileIdentity identity = of("begin\n");
    assertThat(identity.source()).startsWith("file:" + file.toRealPath().getParent());
    try (FileChannel content = FileChannel.open(file)) {
      assertThat(FileIdentity.of(file, content, 1).source()).isNotEqualTo(identity.source());
    }
    assertThat(of("other\n").source()).isNotEqualTo(identity.source());
  }

  @Test
  void lookingAtTheStartDoesNotReadOn() throws IOException {
    Files.writeString(file, "begin\n");
    try (FileChannel content = FileChannel.open(file)) {
      FileIdentity.of(file, content, 0);
      assertThat(content.position()).isZero();
    }
  }

  private FileIdentity of(String content) throws IOException {
    Files.writeString(file, content);
    try (FileChannel channel = FileChannel.open(file)) {
      return FileIdentity.of(file, channel, 0);
    }
  }

  private boolean holds(FileIdentity identity, String content) throws IOException {
    Files.writeString(file, content);
    try (FileChannel channel = FileChannel.open(file)) {
      return identity.stillHolds(channel);
    }
  }
}
