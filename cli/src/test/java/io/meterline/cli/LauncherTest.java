package io.meterline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The launcher, in a copy of the repository that has next to nothing in it: it must not build the
 * real one while Maven does. In place of Maven is a script that says that it was called.
 */
final class LauncherTest {
  private static final Path LAUNCHER = Path.of("..", "meterline").toAbsolutePath().normalize();

  private final Path home;
  private final Path root;
  private final Path state;

  LauncherTest(@TempDir Path home) {
    this.home = home;
    this.root = home.resolve("a folder/repository");
    this.state = root.resolve(".meterline-build");
  }

  @BeforeEach
  void makeRepository() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "the launcher is for bash");
    Files.createDirectories(root.resolve("cli/src/main"));
    Files.createDirectories(root.resolve("mapping/rules"));
    Files.createDirectories(root.resolve(".mvn"));
    Files.createDirectories(state.resolve("meterline-cli"));
    Files.writeString(root.resolve("pom.xml"), "<project/>");
    Files.writeString(root.resolve("cli/pom.xml"), "<project/>");
    Files.writeString(root.resolve("cli/src/main/Source.java"), "");
    Files.writeString(root.resolve("mapping/rules/rule.yaml"), "");
    Files.copy(LAUNCHER, root.resolve("meterline"));
    Files.createDirectories(home.resolve("bin"));
    script("echo built >>'%s'".formatted(home.resolve("builds")));
    writeJar();
  }

  @Test
  void itRunsThroughASymbolicLinkFromAnotherFolder() throws Exception {
    built();
    Files.createDirectories(home.resolve("elsewhere"));
    Path link =
        Files.createSymbolicLink(home.resolve("elsewhere/second"), root.resolve("meterline"));
    Files.createSymbolicLink(home.resolve("elsewhere/first"), link.getFileName());
    Files.writeString(home.resolve("elsewhere/a b.log"), Material.line(7));
    Program.Ended ended = launch("elsewhere", "./first", "extract", "a b.log");
    assertThat(ended.err()).hasSize(1).first().asString().contains("records=1");
    assertThat(ended.out()).containsExactly(Material.record(7));
    assertThat(ended.code()).isZero();
    assertThat(home.resolve("builds")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"C", "POSIX", "xx_YY.UTF-8", "xx_YY", "C.UTF-8"})
  void fileNamesAreUtf8InAnyLocale(String locale) throws Exception {
    built();
    Path log = Path.of(URI.create("file://" + home.toRealPath() + "/%C3%A4.log"));
    Files.writeString(log, Material.line(7));
    String launcher = root.resolve("meterline").toString();
    ProcessBuilder builder = builder(".", "/bin/bash", "-c", "exec \"$0\" extract *.log", launcher);
    builder.environment().put("LC_ALL", locale);
    Program.Ended ended = end(builder);
    assertThat(ended.out()).containsExactly(Material.record(7));
    assertThat(ended.code()).isZero();
  }

  @Test
  void whereNoCommandTellsTheLocaleFileNamesAreUtf8() throws Exception {
    Path missing = home.resolve("bin/locale");
    Files.writeString(missing, "#!/bin/bash\nexit 127\n");
    Files.setPosixFilePermissions(missing, PosixFilePermissions.fromString("rwxr-xr-x"));
    fileNamesAreUtf8InAnyLocale("C");
  }

  @Test
  void theExitCodeIsTheProgramsOwn() throws Exception {
    built();
    assertThat(launch(".", root.resolve("meterline").toString(), "extract", "--x").code())
        .isEqualTo(2);
  }

  @Test
  void itBuildsOnItsFirstCallAndWhenSourcesChangedAndSaysSoInOneLine() throws Exception {
    String launcher = root.resolve("meterline").toString();
    Program.Ended first = launch(".", launcher, "--version");
    assertThat(first.err()).singleElement().asString().startsWith("meterline: building");
    assertThat(first.out()).singleElement().asString().startsWith("meterline ");
    assertThat(launch(".", launcher, "--version").err()).isEmpty();
    assertThat(Files.readAllLines(home.resolve("builds"))).hasSize(1);
    later(root.resolve("cli/src/main/Source.java"));
    assertThat(launch(".", launcher, "--version").err()).hasSize(1);
    assertThat(Files.readAllLines(home.resolve("builds"))).hasSize(2);
  }

  @Test
  void aChangedRuleFileIsBuiltIn() throws Exception {
    built();
    String launcher = root.resolve("meterline").toString();
    assertThat(launch(".", launcher, "--version").err()).isEmpty();
    later(root.resolve("mapping/rules/rule.yaml"));
    assertThat(launch(".", launcher, "--version").err()).hasSize(1);
    assertThat(Files.readAllLines(home.resolve("builds"))).hasSize(1);
  }

  @Test
  void aBuildThatFailsIsToldWithItsErrorsAndNothingIsRun() throws Exception {
    script("echo '[ERROR] Source.java is wrong'; exit 1");
    Program.Ended ended = launch(".", root.resolve("meterline").toString(), "--version");
    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err())
        .hasSize(3)
        .endsWith("[ERROR] Source.java is wrong")
        .anyMatch(line -> line.startsWith("meterline: the build failed; the whole log is "));
  }

  @Test
  void aFolderThatIsNoJdkIsNamed() throws Exception {
    built();
    ProcessBuilder builder = builder(".", root.resolve("meterline").toString(), "--version");
    builder.environment().put("METERLINE_JAVA_HOME", "/nowhere");
    Program.Ended ended = end(builder);
    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.err())
        .containsExactly(
            "meterline: METERLINE_JAVA_HOME (/nowhere) is not the folder of a JDK 25 or newer.");
  }

  /** The stamp of a build that is newer than all sources. */
  private void built() throws Exception {
    later(Files.createFile(state.resolve("stamp")));
  }

  private static void later(Path file) throws Exception {
    Files.setLastModifiedTime(file, FileTime.fromMillis(System.currentTimeMillis() + 60_000));
  }

  private void script(String command) throws Exception {
    Path maven = home.resolve("bin/mvn");
    Files.writeString(maven, "#!/bin/bash\n" + command + "\n");
    Files.setPosixFilePermissions(maven, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /** A jar that stands for the built one: it names the class path of this test. */
  private void writeJar() throws Exception {
    String classPath = Objects.requireNonNull(System.getProperty("java.class.path"));
    Manifest manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.put(Attributes.Name.MAIN_CLASS, Meterline.class.getName());
    main.put(
        Attributes.Name.CLASS_PATH,
        Stream.of(classPath.split(File.pathSeparator, -1))
            .map(entry -> Path.of(entry).toUri().toString())
            .collect(Collectors.joining(" ")));
    try (OutputStream jar =
        new JarOutputStream(
            Files.newOutputStream(state.resolve("meterline-cli/meterline.jar")), manifest)) {
      jar.flush();
    }
  }

  private Program.Ended launch(String folder, String... command) throws Exception {
    return end(builder(folder, command));
  }

  private ProcessBuilder builder(String folder, String... command) {
    ProcessBuilder builder = new ProcessBuilder(List.of(command));
    builder.directory(home.resolve(folder).toFile());
    builder.redirectInput(new File("/dev/null"));
    builder.redirectOutput(home.resolve("out").toFile());
    builder.redirectError(home.resolve("err").toFile());
    var environment = builder.environment();
    environment.put("METERLINE_JAVA_HOME", Objects.requireNonNull(System.getProperty("java.home")));
    environment.put("PATH", home.resolve("bin") + File.pathSeparator + environment.get("PATH"));
    environment.remove("METERLINE_JAVA_OPTS");
    environment.remove("METERLINE_DEBUG");
    environment.remove("JAVA_TOOL_OPTIONS");
    return builder;
  }

  private Program.Ended end(ProcessBuilder builder) throws Exception {
    Process process = builder.start();
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    return new Program.Ended(
        process.exitValue(),
        Files.readAllLines(home.resolve("out")),
        Files.readAllLines(home.resolve("err")));
  }
}
