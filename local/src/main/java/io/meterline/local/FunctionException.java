package io.meterline.local;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/** An invocation that failed: an error of the handler's, its process's end, or its time's. */
@SuppressWarnings("serial")
public final class FunctionException extends Exception {
  private final String errorType;

  /**
   * @param errorType the exception's class, or one of Lambda's: {@code Runtime.ExitError}, {@code
   *     Sandbox.Timedout}
   */
  public FunctionException(String errorType, String message, @Nullable Throwable cause) {
    super(errorType + ": " + message, cause);
    this.errorType = requireNonNull(errorType, "errorType is null");
  }

  public String errorType() {
    return errorType;
  }
}
