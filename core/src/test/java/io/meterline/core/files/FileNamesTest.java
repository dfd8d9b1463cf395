package io.meterline.core.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FileNamesTest {
  @ParameterizedTest
  @ValueSource(strings = {"/a.log", "/", "/a b/%41.log", "/x:y?#[1]+~.log", "/a\\b"})
  void theIdentityOfAnAsciiPathIsThePath(String path) {
    assertThat(FileNames.identity(Path.of(path))).isEqualTo(path);
    assertThat(FileNames.path(path)).isEqualTo(Path.of(path));
  }

  @ParameterizedTest
  @ValueSource(strings = {"%C3%A4.log", "%F0%9F%98%80.log", "%EF%BF%BD.log"})
  void theIdentityOfAUtf8PathIsItsTextWhateverTheLocale(String name) {
    String identity = FileNames.identity(raw(name));
    assertThat(identity).isEqualTo(URI.create("file:///log/" + name).getPath());
    assertThat(FileNames.path(identity)).isEqualTo(raw(name));
  }

  @Test
  void namesThatCannotBeDecodedHaveDifferentIdentities() {
    Set<String> identities = new HashSet<>();
    for (String name : new String[] {"%FF", "%FE", "%C3", "%EF%BF%BD", "%25FF", "%5CxFF"}) {
      Path path = raw(name);
      String identity = FileNames.identity(path);
      assertThat(identities.add(identity)).as(identity).isTrue();
      assertThat(FileNames.path(identity)).isEqualTo(path);
    }
    assertThat(FileNames.identity(raw("%FF%25"))).isEqualTo("bytes:/log/%FF%25");
  }

  @Test
  void relativePathsAreMadeAbsoluteAndFoldersHaveNoSlash() {
    assertThat(FileNames.identity(Path.of("x/../y.log")))
        .isEqualTo(Path.of("y.log").toAbsolutePath().toString());
    assertThat(FileNames.identity(Path.of("/tmp"))).isEqualTo("/tmp");
  }

  @Test
  void whatCannotBeShownIsPrintedEscaped() {
    assertThat(FileNames.printable(raw("%FF.log"))).isEqualTo("/log/\\xFF.log");
    assertThat(FileNames.printable(Path.of("/log/a\nb"))).isEqualTo("/log/a\\x0Ab");
    assertThat(FileNames.printable(Path.of("/log/a.log"))).isEqualTo("/log/a.log");
  }

  private static Path raw(String name) {
    return Path.of(URI.create("file:///log/" + name));
  }
}
