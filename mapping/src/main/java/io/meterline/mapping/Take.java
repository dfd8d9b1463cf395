package io.meterline.mapping;

/** Whether a rule takes an event. */
sealed interface Take {
  Take YES = new Yes();

  /** It takes it. */
  record Yes() implements Take {}

  /** It is not meant. */
  record No(String why) implements Take {}

  /** It may be meant, and that can't be told. */
  record Unknown(String why) implements Take {}
}
