package io.meterline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

final class FilePatternTest {
  private final CommandLine command = new CommandLine(CommandSpec.create());
  private final Path home;

  FilePatternTest(@TempDir Path home) throws IOException {
    this.home = home.toRealPath();
  }

  private List<String> files(String pattern) throws IOException {
    return FilePattern.of("file:" + home + pattern, "--from", command)
        .files(home.resolve("out"))
        .files()
        .stream()
        .map(file -> home.relativize(file).toString())
        .toList();
  }

  private void write(String name) throws IOException {
    Path file = home.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, name);
  }

  @Test
  void aLinkToAFileThatIsThereIsNoFileOfItsOwn() throws IOException {
    write("logs/2026-11.log");
    Files.createSymbolicLink(home.resolve("logs/a-current.log"), Path.of("2026-11.log"));
    Files.createSymbolicLink(home.resolve("logs/z.log"), Path.of("2026-11.log"));
    assertThat(files("/logs")).containsExactly("logs/2026-11.log");
    assertThat(files("/logs/*.log")).containsExactly("logs/2026-11.log");
    assertThat(files("/logs/z.log")).as("that one alone").containsExactly("logs/z.log");
  }

  @Test
  void linksToAFileElsewhereStandForItOnce() throws IOException {
    write("elsewhere/app.log");
    write("logs/b.log");
    Files.createSymbolicLink(home.resolve("logs/a.log"), home.resolve("elsewhere/app.log"));
    Files.createSymbolicLink(home.resolve("logs/c.log"), home.resolve("elsewhere/app.log"));
    assertThat(files("/logs")).containsExactly("logs/a.log", "logs/b.log");
  }

  @Test
  void hiddenFilesAndWhatIsWrittenAreLeftOutOfAFolder() throws IOException {
    write("a.log");
    write(".hidden/b.log");
    write("deep/er/c.log");
    write("out/d.log");
    assertThat(files("")).containsExactly("a.log", "deep/er/c.log");
  }

  /**
   * A path that is too long to be opened: unlike missing permissions, it stops the superuser too.
   */
  @Test
  void aFolderThatCannotBeReadHidesNothingElse() throws IOException {
    write("a.log");
    write("z/b.log");
    Path deep = Files.createDirectories(home.resolve("m"));
    Path aside = Files.createDirectory(home.resolveSibling(home.getFileName() + "-aside"));
    Path chain = Files.createDirectories(aside.resolve(("d".repeat(200) + "/").repeat(11)));
    Path end = Files.createDirectories(deep.resolve(("e".repeat(200) + "/").repeat(11)));
    Path moved = end.resolve("x");
    Files.writeString(chain.resolve("c.log"), "");
    Files.move(aside, moved);
    try {
      FoundFiles found =
          FilePattern.of("file:" + home, "--from", command).files(home.resolve("out"));
      assertThat(found.files()).containsExactly(home.resolve("a.log"), home.resolve("z/b.log"));
      assertThat(found.unreadable())
          .singleElement()
          .asString()
          .startsWith(moved.toString())
          .endsWith(": File name too long");
    } finally {
      // Else nothing could delete it.
      Files.move(moved, aside);
      try (Stream<Path> all = Files.walk(aside)) {
        for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
  }

  @Test
  void aGlobDoesNotLookBelowWhereItMatches() throws IOException {
    write("a.log");
    write("x/b.log");
    write("x/y/c.log");
    assertThat(files("/*.log")).containsExactly("a.log");
    assertThat(files("/*/*.log")).containsExactly("x/b.log");
    assertThat(files("/{a.log,x/b.log}")).containsExactly("a.log", "x/b.log");
    assertThat(files("/**.log")).containsExactly("a.log", "x/b.log", "x/y/c.log");
  }

  @Test
  void aLinkedFolderIsFollowed() throws IOException {
    write("logs/a.log");
    Files.createSymbolicLink(home.resolve("linked"), home.resolve("logs"));
    assertThat(files("/linked")).containsExactly("linked/a.log");
    assertThat(files("/linked/*.log")).containsExactly("linked/a.log");
  }
}
