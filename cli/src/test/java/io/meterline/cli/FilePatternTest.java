package io.meterline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
}
