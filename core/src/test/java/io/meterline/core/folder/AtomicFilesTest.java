package io.meterline.core.folder;

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

final class AtomicFilesTest {
  private static final byte[] CONTENT = "content".getBytes(US_ASCII);

  private final AtomicFiles files = new AtomicFiles();
  private final Path home;

  AtomicFilesTest(@TempDir Path home) {
    this.home = home;
  }

  @Test
  void aFileIsWrittenWithItsFolders() throws IOException {
    Path file = home.resolve("a/b/c.json");
    assertThat(files.writeIfAbsent(file, ByteBuffer.wrap(CONTENT))).isTrue();
    assertThat(file).hasBinaryContent(CONTENT);
    assertThat(names(home.resolve("a/b"))).containsExactly("c.json");
  }

  @Test
  void aFileThatIsThereStaysAsItIs() throws IOException {
    Path file = home.resolve("c.json");
    files.writeIfAbsent(file, ByteBuffer.wrap(CONTENT));
    assertThat(files.writeIfAbsent(file, ByteBuffer.allocate(1))).isFalse();
    assertThat(file).hasBinaryContent(CONTENT);
  }

  @Test
  void aFileCanBeReplaced() throws IOException {
    Path file = home.resolve("c.json");
    files.write(file, ByteBuffer.allocate(100));
    files.write(file, ByteBuffer.wrap(CONTENT));
    assertThat(file).hasBinaryContent(CONTENT);
  }

  @Test
  void whatAKilledProcessLeftOfTheSameFileIsClearedAway() throws IOException {
    for (String name : List.of(".c.json.17f.tmp", ".c.json.80.tmp", ".d.json.17f.tmp", ".e.tmp")) {
      Files.write(home.resolve(name), new byte[3]);
    }
    files.writeIfAbsent(home.resolve("b.json"), ByteBuffer.wrap(CONTENT));
    files.writeIfAbsent(home.resolve("c.json"), ByteBuffer.wrap(CONTENT));
    assertThat(names(home)).containsExactly(".d.json.17f.tmp", ".e.tmp", "b.json", "c.json");
  }

  @Test
  void namesWithTheCharactersOfAPatternAreNames() throws IOException {
    Path file = home.resolve("a[b]{c}*?.json");
    Files.write(home.resolve(".a[b]{c}*?.json.17f.tmp"), new byte[3]);
    files.write(file, ByteBuffer.wrap(CONTENT));
    assertThat(names(home)).containsExactly("a[b]{c}*?.json");
  }

  @Test
  void aFolderInItsPlaceIsAnErrorAndNothingIsLeftBehind() throws IOException {
    Path file = home.resolve("c.json");
    Files.createDirectories(file.resolve("x"));
    assertThatExceptionOfType(FileSystemException.class)
        .isThrownBy(() -> files.writeIfAbsent(file, ByteBuffer.wrap(CONTENT)));
    assertThat(names(home)).containsExactly("c.json");
  }

  @Test
  void aFileInPlaceOfAFolderIsAnErrorThatNamesIt() throws IOException {
    Path inTheWay = Files.write(home.resolve("out"), CONTENT);
    assertThatExceptionOfType(NotDirectoryException.class)
        .isThrownBy(() -> files.write(inTheWay.resolve("day/c.json"), ByteBuffer.wrap(CONTENT)))
        .withMessage(inTheWay.toString());
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
