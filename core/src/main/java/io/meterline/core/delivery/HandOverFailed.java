package io.meterline.core.delivery;

import java.io.IOException;

/** Carries a failed delivery out of the midst of extraction. */
final class HandOverFailed extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient IOException failure;

  HandOverFailed(IOException failure) {
    super(failure);
    this.failure = failure;
  }

  IOException failure() {
    return failure;
  }
}
