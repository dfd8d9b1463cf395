package io.meterline.local;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How a function's process is run.
 *
 * @param java the command {@code java}
 * @param classPath the function's artifact, and Lambda's runtime interface client
 * @param handler {@code package.Class::method}
 * @param environment all of it but what Lambda sets itself; nothing is inherited
 * @param memoryMegabytes what the function is given
 * @param timeout how long an invocation may take
 * @param initTimeout how long the process may take to ask for its first event, 10 s at AWS
 * @param jvmOptions beside the heap, the collector and the compiler, which are set as for Lambda
 */
public record RuntimeSettings(
    Path java,
    List<Path> classPath,
    String handler,
    Map<String, String> environment,
    int memoryMegabytes,
    Duration timeout,
    Duration initTimeout,
    List<String> jvmOptions) {
  public RuntimeSettings {
    requireNonNull(java, "java is null");
    classPath = List.copyOf(classPath);
    requireNonNull(handler, "handler is null");
    environment = Map.copyOf(environment);
    requireNonNull(timeout, "timeout is null");
    requireNonNull(initTimeout, "initTimeout is null");
    jvmOptions = List.copyOf(jvmOptions);
  }

  /** 512 MB and a minute, on the JDK that runs this, with a minute to start on a busy machine. */
  public static RuntimeSettings of(
      List<Path> classPath, String handler, Map<String, String> environment) {
    return new RuntimeSettings(
        Path.of(System.getProperty("java.home"), "bin", "java"),
        classPath,
        handler,
        environment,
        512,
        Duration.ofMinutes(1),
        Duration.ofMinutes(1),
        List.of());
  }

  public RuntimeSettings withMemoryMegabytes(int megabytes) {
    return new RuntimeSettings(
        java, classPath, handler, environment, megabytes, timeout, initTimeout, jvmOptions);
  }

  public RuntimeSettings withTimeout(Duration duration) {
    return new RuntimeSettings(
        java, classPath, handler, environment, memoryMegabytes, duration, initTimeout, jvmOptions);
  }

  public RuntimeSettings withJvmOptions(List<String> options) {
    return new RuntimeSettings(
        java, classPath, handler, environment, memoryMegabytes, timeout, initTimeout, options);
  }
}
