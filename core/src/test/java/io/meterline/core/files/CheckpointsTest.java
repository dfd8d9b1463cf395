package io.meterline.core.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CheckpointsTest {
  private final Path folder;

  CheckpointsTest(@TempDir(factory = InMemory.class) Path home) {
    folder = home.resolve("state");
  }

  @Test
  void eachSourceHasItsOwn() throws IOException {
    Checkpoint first = checkpoint("/a.log", 1);
    Checkpoint second = checkpoint("/b.log", 2);
    try (Checkpoints checkpoints = Checkpoints.open(folder)) {
      checkpoints.write(Slot.of(Path.of("/a.log")), first);
      checkpoints.write(Slot.of(Path.of("/b.log")), second);
    }
    try (Checkpoints checkpoints = Checkpoints.open(folder)) {
      assertThat(checkpoints.read(Slot.of(Path.of("/a.log")))).contains(first);
      assertThat(checkpoints.read(Slot.of(Path.of("/x/../b.log")))).contains(second);
      assertThat(checkpoints.read(Slot.of(Path.of("/c.log")))).isEmpty();
    }
  }

  @Test
  void oneRunWorksInAFolderAtATime() throws IOException {
    try (Checkpoints first = Checkpoints.open(folder)) {
      assertThat(first).isNotNull();
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() -> Checkpoints.open(folder))
          .withMessageContaining(folder.toString())
          .withMessageContaining("another run");
    }
    Checkpoints.open(folder).close();
  }

  @Test
  void onlyItsOwnerMayEnterTheFolder() throws IOException {
    Checkpoints.open(folder).close();
    assumeTrue(folder.getFileSystem().supportedFileAttributeViews().contains("posix"));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
        .isEqualTo("rwx------");
  }

  @Test
  void oneWithoutAGenerationInItsNameIsRefused() throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("0123abcd" + Checkpoints.SUFFIX), "version=1\n");
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> Checkpoints.open(folder))
        .withMessageContaining("0123abcd.checkpoint can't be used: its name has no generation");
  }

  @Test
  void aBrokenOneNamesItsFile() throws IOException {
    try (Checkpoints checkpoints = Checkpoints.open(folder)) {
      checkpoints.write(Slot.of(Path.of("/a.log")), checkpoint("/a.log", 1));
      try (var files = Files.newDirectoryStream(folder, "*.checkpoint")) {
        for (Path file : files) {
          Files.writeString(file, "garbage");
        }
      }
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() -> checkpoints.read(Slot.of(Path.of("/a.log"))))
          .withMessageMatching(
              "checkpoint .*\\.checkpoint can't be used: it has no version; restore it, or remove it to .*");
    }
  }

  private static Checkpoint checkpoint(String path, long delivered) {
    return new Checkpoint(new FileIdentity(path, 0, 1, "ab"), delivered);
  }
}
