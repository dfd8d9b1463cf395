package io.meterline.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Lambda's own runtime interface client, in a process of its own. */
final class RuntimeProcessTest {
  private static final List<Path> CLASS_PATH =
      Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
          .map(Path::of)
          .toList();

  private final BlockingQueue<String> output = new LinkedBlockingQueue<>();
  private RuntimeProcess process = process(settings(EchoHandler.class.getName()));

  @AfterEach
  void stop() {
    process.close();
  }

  @Test
  void theRealRuntimeRunsAHandlerAndStaysWarm() throws Exception {
    JsonNode first = invoke("\"hello\"");
    assertThat(first.toString())
        .isEqualTo(
            "{\"calls\":1,\"greeting\":\"hi\",\"id\":\"request-1\",\"time\":true,\"length\":7}");
    assertThat(invoke("\"hello\"").get("calls").asInt()).isEqualTo(2);
    assertThat(process.starts()).isEqualTo(1);
    process.close();
    assertThat(output).anyMatch(line -> line.contains("got 7 characters"));
  }

  @Test
  void anEventOf6MebibytesComesThroughInASmallFunction() throws Exception {
    process = process(settings(EchoHandler.class.getName()).withMemoryMegabytes(256));
    String event = "\"" + "x".repeat(Invocation.MAX_EVENT_BYTES - 2) + "\"";
    assertThat(invoke(event).get("length").asInt()).isEqualTo(Invocation.MAX_EVENT_BYTES);
  }

  @Test
  void anExceptionIsTheFunctionsErrorAndLeavesTheProcess() throws Exception {
    assertThatExceptionOfType(FunctionException.class)
        .isThrownBy(() -> invoke("\"fail\""))
        .withMessageStartingWith("Runtime.UserException: ")
        .withMessageContaining("\"errorType\":\"java.io.IOException\"")
        .withMessageContaining("\"errorMessage\":\"no disk\"");
    assertThat(invoke("1").get("calls").asInt()).isEqualTo(1);
    assertThat(process.starts()).isEqualTo(1);
  }

  @Test
  void aProcessThatExitsFailsItsInvocationAndIsStartedAgain() throws Exception {
    assertThatExceptionOfType(FunctionException.class)
        .isThrownBy(() -> invoke("\"exit\""))
        .withMessage("Runtime.ExitError: exit code 7");
    assertThat(invoke("1").get("calls").asInt()).isEqualTo(1);
    assertThat(process.starts()).isEqualTo(2);
  }

  @Test
  void aKilledProcessFailsItsInvocationAndIsStartedAgain() throws Exception {
    process.start("agent");
    long pid = process.pid().orElseThrow();
    Thread killer = Thread.ofVirtual().start(() -> killWhenPrinted("got 6 characters"));
    assertThatExceptionOfType(FunctionException.class)
        .isThrownBy(() -> invoke("\"hang\""))
        .withMessage("Runtime.ExitError: exit code 137");
    killer.join();
    assertThat(invoke("1").get("calls").asInt()).isEqualTo(1);
    assertThat(process.pid()).isPresent();
    assertThat(process.pid().getAsLong()).isNotEqualTo(pid);
  }

  @Test
  void anInvocationThatTakesTooLongEndsWithItsProcess() {
    process = process(settings(EchoHandler.class.getName()).withTimeout(Duration.ofSeconds(1)));
    assertThatExceptionOfType(FunctionException.class)
        .isThrownBy(() -> invoke("\"hang\""))
        .extracting(FunctionException::errorType)
        .isEqualTo("Sandbox.Timedout");
    process.close();
    assertThat(process.pid()).isEmpty();
  }

  @Test
  void aHandlerThatIsNotThereIsAnErrorOfTheStart() {
    process = process(settings("io.meterline.local.NoSuchHandler"));
    assertThatExceptionOfType(FunctionException.class)
        .isThrownBy(() -> invoke("1"))
        .withMessageContaining("io.meterline.local.NoSuchHandler");
  }

  private void killWhenPrinted(String text) {
    try {
      while (!output.take().contains(text)) {
        // Lines before that one.
      }
      process.kill();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private JsonNode invoke(String event) throws FunctionException {
    return Cloud.json(
        process.invoke(new Invocation("request-1", "agent", Cloud.START, Cloud.bytes(event))));
  }

  private RuntimeProcess process(RuntimeSettings settings) {
    return new RuntimeProcess(settings, Instant::now, output::add);
  }

  private static RuntimeSettings settings(String handler) {
    return RuntimeSettings.of(CLASS_PATH, handler, Map.of("GREETING", "hi"));
  }
}
