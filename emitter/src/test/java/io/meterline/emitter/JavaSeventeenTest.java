package io.meterline.emitter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JavaSeventeenTest {
  private static final int CLASS_FILE_OF_JAVA_17 = 61;

  @Test
  void eachClassIsBytecodeOfJava17() throws Exception {
    try (Stream<Path> files = Files.walk(classes())) {
      List<Path> all = files.filter(file -> file.toString().endsWith(".class")).toList();
      assertThat(all).hasSizeGreaterThan(5);
      for (Path file : all) {
        assertThat(major(file)).as("%s", file).isEqualTo(CLASS_FILE_OF_JAVA_17);
      }
    }
  }

  @Test
  void anApplicationOnJava17RecordsUsage(@TempDir Path folder) throws Exception {
    Optional<Path> java = java17();
    assumeTrue(java.isPresent(), "no JDK 17 was found: the emitter was not run on it");
    Path program = folder.resolve("Application.java");
    Files.writeString(
        program,
        """
        import io.meterline.emitter.MeterLog;
        import java.util.Map;

        class Application {
          public static void main(String[] arguments) {
            MeterLog meters = MeterLog.toStandardOutput();
            meters.record("api-calls", Runtime.version().feature() + "", 1, Map.of("a", "b"));
            meters.recordValues("c", Map.of("x", 0.1, "y", 2));
          }
        }
        """);

    var outcome =
        Program.run(
            List.of(
                java.orElseThrow().toString(), "-cp", classes().toString(), program.toString()));

    assertThat(outcome.exitCode()).as(outcome.output()).isZero();
    List<String> records = new Agent().records(outcome.output());
    assertThat(records).hasSize(2);
    assertThat(Json.of(records.getFirst()).text("customerId")).isEqualTo("17");
  }

  private static Path classes() throws URISyntaxException {
    return Path.of(MeterLog.class.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  private static int major(Path classFile) throws IOException {
    try (InputStream in = Files.newInputStream(classFile);
        DataInputStream data = new DataInputStream(in)) {
      data.readInt();
      data.readUnsignedShort();
      return data.readUnsignedShort();
    }
  }

  /** The compiler comes along: it is to run a source file. */
  private static Optional<Path> java17() throws IOException {
    Stream<Path> named =
        Stream.of("JAVA_HOME", "JAVA_HOME_17_X64", "JAVA_HOME_17_ARM64")
            .flatMap(name -> Optional.ofNullable(System.getenv(name)).stream())
            .map(Path::of);
    return Stream.of(
            named, in("/usr/lib/jvm", ""), in("/Library/Java/JavaVirtualMachines", "Contents/Home"))
        .flatMap(homes -> homes)
        .filter(JavaSeventeenTest::isJdk17)
        .map(home -> home.resolve("bin/java"))
        .findFirst();
  }

  private static Stream<Path> in(String folder, String home) throws IOException {
    Path path = Path.of(folder);
    if (!Files.isDirectory(path)) {
      return Stream.empty();
    }
    try (Stream<Path> found = Files.list(path)) {
      return found.map(jdk -> jdk.resolve(home)).toList().stream();
    }
  }

  private static boolean isJdk17(Path home) {
    try {
      return Files.isExecutable(home.resolve("bin/javac"))
          && Files.readString(home.resolve("release")).contains("JAVA_VERSION=\"17");
    } catch (IOException e) {
      return false;
    }
  }
}
