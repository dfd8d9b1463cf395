package io.meterline.ledger.http;

/** What a client sent, as an answer repeats it. */
final class Texts {
  private static final int MOST = 100;

  private Texts() {}

  /** The text, or its beginning where it is long. */
  static String shown(String text) {
    return text.length() <= MOST ? text : text.substring(0, MOST) + "…";
  }
}
