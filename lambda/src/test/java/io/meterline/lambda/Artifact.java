package io.meterline.lambda;

import io.meterline.local.RuntimeProcess;
import io.meterline.local.RuntimeSettings;
import java.io.File;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The artifact as it is deployed, run by Lambda's own runtime. */
final class Artifact {
  static final Path JAR = Path.of("target", "meterline-lambda.jar").toAbsolutePath();

  private Artifact() {}

  /** The artifact and the runtime: nothing else of what the tests use. */
  static RuntimeProcess run(
      Class<?> handler, Map<String, String> environment, Consumer<String> output) {
    List<Path> classPath = new ArrayList<>();
    classPath.add(JAR);
    Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(path -> path.contains("aws-lambda-java-"))
        .map(Path::of)
        .forEach(classPath::add);
    return new RuntimeProcess(
        RuntimeSettings.of(classPath, handler.getName() + "::handleRequest", environment)
            .withMemoryMegabytes(256),
        InstantSource.system(),
        output);
  }
}
