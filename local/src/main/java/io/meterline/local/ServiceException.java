package io.meterline.local;

import static java.util.Objects.requireNonNull;

/** An error that an AWS service would answer. */
@SuppressWarnings("serial")
public final class ServiceException extends RuntimeException {
  private final String code;
  private final boolean retryable;

  private ServiceException(String code, boolean retryable, String message) {
    super(code + ": " + requireNonNull(message, "message is null"));
    this.code = requireNonNull(code, "code is null");
    this.retryable = retryable;
  }

  /** An error that stays one however often the call is repeated. */
  static ServiceException of(String code, String message) {
    return new ServiceException(code, false, message);
  }

  /** An error that may pass. */
  static ServiceException retryable(String code, String message) {
    return new ServiceException(code, true, message);
  }

  /** The error's name in AWS's API. */
  public String code() {
    return code;
  }

  public boolean retryable() {
    return retryable;
  }
}
