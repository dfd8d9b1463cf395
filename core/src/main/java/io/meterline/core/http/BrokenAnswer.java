package io.meterline.core.http;

/** An answer that begins to answer for each record, and does not do so to its end. */
final class BrokenAnswer extends Exception {
  private static final long serialVersionUID = 1;

  BrokenAnswer(String reason) {
    super(reason);
  }
}
