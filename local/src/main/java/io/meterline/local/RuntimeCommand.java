package io.meterline.local;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The command line and environment that Lambda gives a Java function's process. */
final class RuntimeCommand {
  private static final String RUNTIME =
      "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";
  private static final int HEAP_PERCENT = 85;

  private RuntimeCommand() {}

  static ProcessBuilder of(RuntimeSettings settings, String functionName, String apiAddress) {
    List<String> command = new ArrayList<>();
    command.add(settings.java().toString());
    // The rest is for what is not heap. The share is a choice: AWS doesn't document its own.
    command.add("-Xmx%dk".formatted(settings.memoryMegabytes() * 1024 * HEAP_PERCENT / 100));
    // The machine has no more than that: a heap starts small there.
    command.add("-XX:MaxRAM=%dm".formatted(settings.memoryMegabytes()));
    command.add("-XX:+UseSerialGC");
    command.add("-XX:TieredStopAtLevel=1");
    command.add("--enable-native-access=ALL-UNNAMED");
    command.addAll(settings.jvmOptions());
    command.add("-classpath");
    command.add(
        settings.classPath().stream()
            .map(Path::toString)
            .collect(Collectors.joining(File.pathSeparator)));
    command.add(RUNTIME);
    command.add(settings.handler());
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    Map<String, String> environment = builder.environment();
    environment.clear();
    environment.put("TZ", ":UTC");
    environment.put("LANG", "en_US.UTF-8");
    environment.put("AWS_REGION", Arns.REGION);
    environment.put("AWS_DEFAULT_REGION", Arns.REGION);
    environment.put("AWS_EXECUTION_ENV", "AWS_Lambda_java25");
    environment.put("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand");
    environment.putAll(settings.environment());
    environment.put("_HANDLER", settings.handler());
    environment.put("AWS_LAMBDA_RUNTIME_API", apiAddress);
    environment.put("AWS_LAMBDA_FUNCTION_NAME", functionName);
    environment.put("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST");
    environment.put(
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", Integer.toString(settings.memoryMegabytes()));
    environment.put("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/" + functionName);
    environment.put("AWS_LAMBDA_LOG_STREAM_NAME", "local");
    return builder;
  }
}
