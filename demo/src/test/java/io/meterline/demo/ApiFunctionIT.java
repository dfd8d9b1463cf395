package io.meterline.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.local.Invocation;
import io.meterline.local.RuntimeProcess;
import io.meterline.local.RuntimeSettings;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The artifact as it is deployed, on Lambda's own runtime. */
final class ApiFunctionIT {
  private static final Path JAR = Path.of("target", "meterline-demo.jar").toAbsolutePath();

  @Test
  void theArtifactAnswersCallsAndLogsOnItsOwn(@TempDir Path bucket) throws Exception {
    Queue<String> printed = new ConcurrentLinkedQueue<>();
    RuntimeSettings settings =
        RuntimeSettings.of(
            classPath(),
            "io.meterline.demo.ApiFunction::handleRequest",
            Map.of("DEMO_DIRECT_S3", "dir:" + bucket));
    try (RuntimeProcess function =
        new RuntimeProcess(settings, InstantSource.system(), printed::add)) {
      String put = invoke(function, "direct-s3");
      assertThat(put).startsWith("{\"statusCode\":200,");
      assertThat(objects(bucket)).hasSize(1);

      String logged = invoke(function, "stream-subscriber");
      assertThat(logged).startsWith("{\"statusCode\":200,");
      String id = logged.replaceFirst("(?s).*uniqueId\\\\\":\\\\\"([^\\\\]+).*", "$1");
      assertThat(printed)
          .anyMatch(line -> line.contains("meter_record_for_stream {") && line.contains(id));
    }
  }

  private static String invoke(RuntimeProcess function, String word) throws Exception {
    String event =
        """
        {"version":"2.0","rawPath":"/%s","requestContext":{"stage":"$default",\
        "http":{"method":"POST"}},"isBase64Encoded":false}"""
            .formatted(word);
    return new String(
        function.invoke(
            new Invocation(word, "demo", Instant.now().plusSeconds(60), event.getBytes(UTF_8))),
        UTF_8);
  }

  /** The artifact and the runtime: nothing else of what the tests use. */
  private static List<Path> classPath() {
    List<Path> classPath = new ArrayList<>(List.of(JAR));
    Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(path -> path.contains("aws-lambda-java-"))
        .map(Path::of)
        .forEach(classPath::add);
    return classPath;
  }

  private static List<Path> objects(Path bucket) throws IOException {
    try (Stream<Path> files = Files.walk(bucket)) {
      return files.filter(file -> file.toString().endsWith(".json")).toList();
    }
  }
}
