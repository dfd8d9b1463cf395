package io.meterline.local;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a handler in process learns of its invocation. */
final class LocalContext implements Context, LambdaLogger {
  private static final int MEMORY_MEGABYTES = 256;

  private final Invocation invocation;
  private final Sandbox sandbox;
  private final Consumer<String> log;

  LocalContext(Invocation invocation, Sandbox sandbox, Consumer<String> log) {
    this.invocation = invocation;
    this.sandbox = sandbox;
    this.log = log;
  }

  @Override
  public String getAwsRequestId() {
    return invocation.requestId();
  }

  @Override
  public String getLogGroupName() {
    return "/aws/lambda/" + invocation.functionName();
  }

  @Override
  public String getLogStreamName() {
    return "local";
  }

  @Override
  public String getFunctionName() {
    return invocation.functionName();
  }

  @Override
  public String getFunctionVersion() {
    return "$LATEST";
  }

  @Override
  public String getInvokedFunctionArn() {
    return invocation.functionArn();
  }

  @Override
  public @Nullable CognitoIdentity getIdentity() {
    return null;
  }

  @Override
  public @Nullable ClientContext getClientContext() {
    return null;
  }

  @Override
  public int getRemainingTimeInMillis() {
    return Math.toIntExact(sandbox.remaining().toMillis());
  }

  @Override
  public int getMemoryLimitInMB() {
    return MEMORY_MEGABYTES;
  }

  @Override
  public LambdaLogger getLogger() {
    return this;
  }

  @Override
  public void log(String message) {
    log.accept(message);
  }

  @Override
  public void log(byte[] message) {
    log.accept(new String(message, StandardCharsets.UTF_8));
  }
}
