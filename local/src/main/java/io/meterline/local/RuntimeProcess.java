package io.meterline.local;

import static java.util.Objects.requireNonNull;

import java.io.BufferedReader;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * A function in a process of its own, under Lambda's real runtime interface client. The process is
 * started by the first invocation and by the first after its end. One thread invokes; any thread
 * kills.
 */
public final class RuntimeProcess implements LambdaFunction, AutoCloseable {
  private final RuntimeSettings settings;
  private final InstantSource clock;
  private final Consumer<String> output;
  private volatile Optional<Running> running = Optional.empty();
  private int starts;

  /**
   * @param clock the machine's: the process reckons the time it has left by it
   * @param output takes each line that the process prints, on a thread of its own
   */
  public RuntimeProcess(RuntimeSettings settings, InstantSource clock, Consumer<String> output) {
    this.settings = requireNonNull(settings, "settings is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.output = requireNonNull(output, "output is null");
  }

  @Override
  public byte[] invoke(Invocation invocation) throws FunctionException {
    try {
      Running process = alive(invocation.functionName());
      long deadline = clock.instant().plus(settings.timeout()).toEpochMilli();
      return process.api().invoke(invocation, deadline, settings.timeout());
    } catch (FunctionException e) {
      if (e.errorType().equals("Sandbox.Timedout")) {
        kill();
      }
      throw e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FunctionException("Runtime.ExitError", "the wait was interrupted", e);
    }
  }

  /** Ends the process at once, as a signal that it can't catch; it need not be running. */
  public void kill() {
    running.ifPresent(process -> process.process().destroyForcibly());
  }

  /** How often a process was started. */
  public int starts() {
    return starts;
  }

  /** The process's id, where one is running. */
  public OptionalLong pid() {
    return running
        .filter(process -> process.process().isAlive())
        .map(process -> OptionalLong.of(process.process().pid()))
        .orElse(OptionalLong.empty());
  }

  /** Starts a process where none is running, and waits until it asks for an event. */
  public void start(String functionName) throws FunctionException, InterruptedException {
    alive(functionName);
  }

  @Override
  public void close() {
    stop();
  }

  private Running alive(String functionName) throws FunctionException, InterruptedException {
    Optional<Running> now = running;
    if (now.isPresent() && now.get().process().isAlive()) {
      return now.get();
    }
    stop();
    Running process = launch(functionName);
    running = Optional.of(process);
    process.api().awaitReady(settings.initTimeout());
    return process;
  }

  private Running launch(String functionName) {
    starts++;
    try {
      RuntimeApi api = RuntimeApi.start();
      Process process = RuntimeCommand.of(settings, functionName, api.address()).start();
      Thread reader = Thread.ofVirtual().start(() -> watch(process, api));
      return new Running(api, process, reader);
    } catch (IOException e) {
      throw new IllegalStateException("can't run " + settings.java() + ": " + e.getMessage(), e);
    }
  }

  private void watch(Process process, RuntimeApi api) {
    try (BufferedReader lines = process.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        output.accept(line);
      }
    } catch (IOException e) {
      output.accept("(the process's output broke off: " + e.getMessage() + ")");
    } finally {
      api.ended("Runtime.ExitError", "exit code " + process.onExit().join().exitValue());
    }
  }

  private void stop() {
    running.ifPresent(
        ending -> {
          ending.process().destroyForcibly();
          try {
            ending.process().waitFor();
            ending.reader().join();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          ending.api().close();
        });
    running = Optional.empty();
  }

  private record Running(RuntimeApi api, Process process, Thread reader) {}
}
