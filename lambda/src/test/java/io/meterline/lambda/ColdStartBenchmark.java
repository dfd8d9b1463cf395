package io.meterline.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.core.find.Markers;
import io.meterline.local.FunctionException;
import io.meterline.local.Invocation;
import io.meterline.local.RuntimeProcess;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the artifact costs on Lambda's own runtime; run by {@code benchmarks/cold-start}, never by
 * the build. {@code -Dmeterline.starts=N} starts each of them as often.
 */
class ColdStartBenchmark {
  private static final int STARTS = Integer.getInteger("meterline.starts", 21);
  private static final int MEGABYTES = 256;

  @TempDir private Path folder;

  @Test
  void coldStarts() throws Exception {
    byte[] event = SampleEvents.kinesis(Markers.DEFAULT.words().getFirst());
    try (StubS3 s3 = new StubS3()) {
      List<Path> own = List.of(Artifact.JAR);
      List<Path> empty =
          List.of(emptyHandler(), Artifact.JAR, Artifact.jar("url-connection-client"));
      Start plainEmpty = new Start(empty, EmptyHandler.class, s3, List.of());
      Start plainAgent = new Start(own, KinesisAgent.class, s3, List.of());
      Measured bare = new Measured("empty handler", plainEmpty);
      Measured agent = new Measured("agent", plainAgent);
      Measured cachedBare =
          new Measured("empty handler, AOT cache", plainEmpty.trained(event, folder));
      Measured cachedAgent = new Measured("agent, AOT cache", plainAgent.trained(event, folder));
      List<Measured> all = List.of(bare, agent, cachedBare, cachedAgent);
      for (int i = 0; i < STARTS; i++) {
        for (Measured each : all) {
          each.times().add(each.start().run(event));
        }
      }
      System.out.printf("medians of %d interleaved starts:%n", STARTS);
      all.forEach(System.out::println);
      System.out.println(agent.beside(bare));
      System.out.println(cachedAgent.beside(cachedBare));
      System.out.printf("artifact %,d bytes%n", Files.size(Artifact.JAR));
    }
  }

  @Test
  void peakMemory() throws Exception {
    FullEvent event = new FullEvent();
    byte[] json = event.json().getBytes(StandardCharsets.UTF_8);
    try (StubS3 s3 = new StubS3();
        RuntimeProcess agent =
            new Start(List.of(Artifact.JAR), KinesisAgent.class, s3, List.of()).process()) {
      for (int i = 0; i < 5; i++) {
        int before = s3.puts();
        long start = System.nanoTime();
        assertThat(invoke(agent, json)).isEqualTo("{\"batchItemFailures\":[]}");
        assertThat(s3.puts() - before).isEqualTo(1);
        System.out.printf(
            "event of %,d bytes, %,d records, in %d MB: invocation %d took %d ms, peak RSS %s%n",
            json.length,
            event.records(),
            MEGABYTES,
            i + 1,
            (System.nanoTime() - start) / 1_000_000,
            peak(agent));
      }
    }
  }

  private static String peak(RuntimeProcess agent) throws IOException {
    Path status = Path.of("/proc", Long.toString(agent.pid().orElseThrow()), "status");
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .map(line -> line.substring("VmHWM:".length()).strip())
        .findFirst()
        .orElse("unknown");
  }

  private static String invoke(RuntimeProcess process, byte[] event) throws FunctionException {
    Invocation invocation =
        new Invocation("request", "agent", Instant.now().plusSeconds(60), event);
    return new String(process.invoke(invocation), StandardCharsets.UTF_8);
  }

  /** A jar, since an AOT cache knows no folders. */
  private Path emptyHandler() throws IOException {
    String name = EmptyHandler.class.getName().replace('.', '/') + ".class";
    Path jar = folder.resolve("empty.jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
        var in = EmptyHandler.class.getClassLoader().getResourceAsStream(name)) {
      out.putNextEntry(new JarEntry(name));
      in.transferTo((OutputStream) out);
    }
    return jar;
  }

  /**
   * Milliseconds until the process asked for its first event, and until it had answered it; and of
   * processor time for both, which other programs of a busy machine disturb less.
   */
  private record Times(double init, double invoke, double processor) {
    double both() {
      return init + invoke;
    }
  }

  /** A function, and what its starts took. */
  private record Measured(String name, Start start, List<Times> times) {
    Measured(String name, Start start) {
      this(name, start, new ArrayList<>());
    }

    private double median(ToDoubleFunction<Times> part) {
      double[] values = times.stream().mapToDouble(part).sorted().toArray();
      return values[values.length / 2];
    }

    String beside(Measured other) {
      return "%s to %s: time %.2f, processor time %.2f"
          .formatted(
              name,
              other.name,
              median(Times::both) / other.median(Times::both),
              median(Times::processor) / other.median(Times::processor));
    }

    @Override
    public String toString() {
      return "%-26s init %5.0f ms, first invoke %5.0f ms, both %5.0f ms; processor %5.0f ms"
          .formatted(
              name,
              median(Times::init),
              median(Times::invoke),
              median(Times::both),
              median(Times::processor));
    }
  }

  /** A function to start. */
  private record Start(List<Path> classPath, Class<?> handler, StubS3 s3, List<String> jvmOptions) {
    RuntimeProcess process() {
      Map<String, String> environment = new HashMap<>();
      environment.put("INGEST_BUCKET_NAME", "ingest-bucket");
      environment.put("ACCESS_KEY", "access");
      environment.put("SECRET_KEY", "secret");
      environment.put("METERLINE_S3_ENDPOINT", s3.endpoint());
      return Artifact.run(classPath, handler, environment, MEGABYTES, jvmOptions, line -> {});
    }

    Times run(byte[] event) throws FunctionException, InterruptedException {
      try (RuntimeProcess process = process()) {
        long start = System.nanoTime();
        process.start("agent");
        long ready = System.nanoTime();
        invoke(process, event);
        double done = System.nanoTime();
        ProcessHandle handle = ProcessHandle.of(process.pid().orElseThrow()).orElseThrow();
        double processor = handle.info().totalCpuDuration().orElseThrow().toMillis();
        return new Times((ready - start) / 1e6, (done - ready) / 1e6, processor);
      }
    }

    /** The same with what a run of it had loaded and linked, as a snapshot would have. */
    Start trained(byte[] event, Path folder) throws FunctionException {
      Path cache = folder.resolve(handler.getSimpleName() + ".aot");
      Start training = new Start(classPath, handler, s3, List.of("-XX:AOTCacheOutput=" + cache));
      try (RuntimeProcess process = training.process()) {
        invoke(process, event);
        ProcessHandle handle = ProcessHandle.of(process.pid().orElseThrow()).orElseThrow();
        handle.destroy();
        handle.onExit().join();
      }
      assertThat(cache).exists();
      return new Start(classPath, handler, s3, List.of("-XX:AOTCache=" + cache));
    }
  }
}
