package io.meterline.cli.demo;

import java.io.IOException;

/** A failure that was made on purpose. */
final class ChaosException extends IOException {
  private static final long serialVersionUID = 1;

  ChaosException(String message) {
    super("chaos: " + message);
  }
}
