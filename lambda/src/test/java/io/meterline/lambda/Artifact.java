package io.meterline.lambda;

import io.meterline.local.RuntimeProcess;
import io.meterline.local.RuntimeSettings;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The artifact as it is deployed, run by Lambda's own runtime. */
final class Artifact {
  static final Path JAR = Path.of("target", "meterline-lambda.jar").toAbsolutePath();

  private static final Path LAYER = Path.of("target", "mapping-layer", "java", "lib");

  private Artifact() {}

  /** The artifact and the layer that reads rules, as Lambda puts them on one class path. */
  static List<Path> withLayer() throws IOException {
    try (Stream<Path> layer = Files.list(LAYER.toAbsolutePath())) {
      return Stream.concat(Stream.of(JAR), layer).toList();
    }
  }

  /** The artifact and the runtime: nothing else of what the tests use. */
  static RuntimeProcess run(
      Class<?> handler, Map<String, String> environment, Consumer<String> output) {
    return run(List.of(JAR), handler, environment, 256, List.of(), output);
  }

  /** These jars and the runtime. */
  static RuntimeProcess run(
      List<Path> jars,
      Class<?> handler,
      Map<String, String> environment,
      int megabytes,
      List<String> jvmOptions,
      Consumer<String> output) {
    List<Path> classPath = new ArrayList<>(jars);
    testJars("aws-lambda-java-").forEach(classPath::add);
    return new RuntimeProcess(
        RuntimeSettings.of(classPath, handler.getName() + "::handleRequest", environment)
            .withMemoryMegabytes(megabytes)
            .withJvmOptions(jvmOptions),
        InstantSource.system(),
        output);
  }

  /** A jar that the tests have, by its name. */
  static Path jar(String name) {
    return testJars(name).findFirst().orElseThrow();
  }

  private static Stream<Path> testJars(String name) {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(path -> path.contains(name))
        .map(Path::of);
  }
}
