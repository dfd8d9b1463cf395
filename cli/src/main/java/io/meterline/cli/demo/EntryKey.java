package io.meterline.cli.demo;

/**
 * What tells an entry that a rule has in quarantine from the others.
 *
 * @param detail which rule, and why
 */
record EntryKey(String eventId, String detail) {
  private static final String RULE = "rule '";

  boolean isOfRule() {
    return detail.startsWith(RULE);
  }
}
