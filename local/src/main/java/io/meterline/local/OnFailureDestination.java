package io.meterline.local;

/** Takes what was given up. */
@FunctionalInterface
public interface OnFailureDestination {
  void send(FailedInvocation failed);
}
