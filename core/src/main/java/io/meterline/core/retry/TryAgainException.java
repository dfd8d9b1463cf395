package io.meterline.core.retry;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A failure that may pass by itself. */
public final class TryAgainException extends IOException {
  private static final long serialVersionUID = 1;

  private final Duration notBefore;

  /** A failure after which the schedule alone says when to try again. */
  public TryAgainException(String message, @Nullable Throwable cause) {
    this(message, Duration.ZERO, cause);
  }

  /**
   * @param notBefore how long the other side asks to be left alone
   */
  public TryAgainException(String message, Duration notBefore, @Nullable Throwable cause) {
    super(message, cause);
    this.notBefore = requireNonNull(notBefore, "notBefore is null");
  }

  Duration notBefore() {
    return notBefore;
  }
}
