package io.meterline.local;

import static java.util.Objects.requireNonNull;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A function whose handler runs in this process, on the caller's thread. */
public final class InProcessFunction implements LambdaFunction {
  private final HandlerFactory handlers;
  private final World world;
  private final Consumer<String> log;
  private @Nullable Warm warm;
  private int coldStarts;

  /**
   * @param log takes what the handler writes to its context's logger
   */
  public InProcessFunction(HandlerFactory handlers, World world, Consumer<String> log) {
    this.handlers = requireNonNull(handlers, "handlers is null");
    this.world = requireNonNull(world, "world is null");
    this.log = requireNonNull(log, "log is null");
  }

  /** How many execution environments were started. */
  public int coldStarts() {
    return coldStarts;
  }

  /** Ends the execution environment: the next invocation starts another one. */
  public void stop() {
    warm = null;
  }

  @Override
  public byte[] invoke(Invocation invocation) throws FunctionException {
    if (world.happens(Fault.COLD_START, "invocation")) {
      warm = null;
    }
    try {
      Warm running = warm == null ? start(invocation) : warm;
      warm = running;
      return handle(running, invocation);
    } catch (SandboxCrash e) {
      warm = null;
      throw new FunctionException(
          e.errorType(), "request %s: %s".formatted(invocation.requestId(), e.getMessage()), e);
    } catch (Exception | StackOverflowError | OutOfMemoryError e) {
      if (warm != null && warm.sandbox().dead()) {
        warm = null;
      }
      throw new FunctionException(e.getClass().getName(), String.valueOf(e.getMessage()), e);
    }
  }

  private Warm start(Invocation invocation) throws Exception {
    coldStarts++;
    world.note("function", "starts");
    Sandbox sandbox = new Sandbox(world);
    sandbox.begin(invocation.deadline());
    sandbox.step("init");
    return new Warm(sandbox, handlers.start(sandbox));
  }

  private byte[] handle(Warm running, Invocation invocation) throws Exception {
    Sandbox sandbox = running.sandbox();
    sandbox.begin(invocation.deadline());
    sandbox.step("event");
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    running
        .handler()
        .handleRequest(
            new ByteArrayInputStream(invocation.event()),
            answer,
            new LocalContext(invocation, sandbox, log));
    sandbox.step("answer");
    return answer.toByteArray();
  }

  private record Warm(Sandbox sandbox, RequestStreamHandler handler) {}
}
