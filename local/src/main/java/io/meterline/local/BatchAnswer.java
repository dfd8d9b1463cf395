package io.meterline.local;

/** What a function's answer to a batch means. */
sealed interface BatchAnswer {
  /** All of the batch is done. */
  record Done() implements BatchAnswer {}

  /** All before the record at {@code index} is done; that one and the rest come again. */
  record From(int index) implements BatchAnswer {}

  /** None of it counts as done. */
  record Failed(String why) implements BatchAnswer {}
}
