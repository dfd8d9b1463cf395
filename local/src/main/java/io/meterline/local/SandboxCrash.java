package io.meterline.local;

/** The end of a function's process at one of its steps. Nothing in a handler has a say in it. */
@SuppressWarnings("serial")
public final class SandboxCrash extends Error {
  private final String errorType;

  SandboxCrash(String errorType, String where) {
    super("the process ended at " + where, null, false, false);
    this.errorType = errorType;
  }

  String errorType() {
    return errorType;
  }
}
