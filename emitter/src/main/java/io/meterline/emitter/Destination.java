package io.meterline.emitter;

/** Where lines go: from any thread, each in one piece. */
interface Destination {
  /** Takes the line, which is the caller's again afterwards; throws if it could not. */
  void accept(JsonLine line);
}
