package io.meterline.folder;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AtomicFileTest {
  private static final byte[] CONTENT = "content".getBytes(US_ASCII);

  private final Path home;

  AtomicFileTest(@TempDir Path home) {
    this.home = home;
  }

  @Test
  void aFileIsWrittenWithItsFolders() throws IOException {
    Path file = home.resolve("a/b/c.json");
    assertThat(AtomicFile.writeIfAbsent(file, ByteBuffer.wrap(CONTENT))).isTrue();
    assertThat(file).hasBinaryContent(CONTENT);
    assertThat(names(home.resolve("a/b"))).containsExactly("c.json");
  }

  @Test
  void aFileThatIsThereStaysAsItIs() throws IOException {
    Path file = home.resolve("c.json");
    AtomicFile.writeIfAbsent(file, ByteBuffer.wrap(CONTENT));
    assertThat(AtomicFile.writeIfAbsent(file, ByteBuffer.allocate(1))).isFalse();
    assertThat(file).hasBinaryContent(CONTENT);
  }

  @Test
  void aFileCanBeReplaced() throws IOException {
    Path file = home.resolve("c.json");
    AtomicFile.write(file, ByteBuffer.allocate(100));
    AtomicFile.write(file, ByteBuffer.wrap(CONTENT));
    assertThat(file).hasBinaryContent(CONTENT);
  }

  @Test
  void whatAKilledProcessLeftOfTheSameFileIsClearedAway() throws IOException {
    Files.write(home.resolve(".c.json.17f.tmp"), new byte[3]);
    Files.write(home.resolve(".d.json.17f.tmp"), new byte[3]);
    AtomicFile.writeIfAbsent(home.resolve("c.json"), ByteBuffer.wrap(CONTENT));
    assertThat(names(home)).containsExactly(".d.json.17f.tmp", "c.json");
  }

  @Test
  void namesWithTheCharactersOfAPatternAreNames() throws IOException {
    Path file = home.resolve("a[b]{c}*?.json");
    AtomicFile.write(file, ByteBuffer.wrap(CONTENT));
    AtomicFile.write(file, ByteBuffer.wrap(CONTENT));
    assertThat(names(home)).containsExactly("a[b]{c}*?.json");
  }

  @Test
  void aFolderInItsPlaceIsAnErrorAndNothingIsLeftBehind() throws IOException {
    Path file = home.resolve("c.json");
    Files.createDirectories(file.resolve("x"));
    assertThatExceptionOfType(FileSystemException.class)
        .isThrownBy(() -> AtomicFile.writeIfAbsent(file, ByteBuffer.wrap(CONTENT)));
    assertThat(names(home)).containsExactly("c.json");
  }

  @Test
  void aFileInPlaceOfAFolderIsAnErrorThatNamesIt() throws IOException {
    Path inTheWay = Files.write(home.resolve("out"), CONTENT);
    assertThatExceptionOfType(NotDirectoryException.class)
        .isThrownBy(
            () -> AtomicFile.write(inTheWay.resolve("day/c.json"), ByteBuffer.wrap(CONTENT)))
        .withMessage(inTheWay.toString());
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
