package io.meterline.core.find;

import java.util.ArrayList;
import java.util.List;

/**
 * A line of a rule's table: what comes of a message.
 *
 * @param rule the number of a rule in docs/contract.md
 * @param reasons of what is refused: a word, or a word, a colon and what the detail says
 */
record Fact(String rule, String says, String message, List<String> records, List<String> reasons) {
  static Fact gives(String rule, String says, String message, String... records) {
    return new Fact(rule, says, message, List.of(records), List.of());
  }

  static Fact refuses(String rule, String says, String message, String... reasons) {
    return new Fact(rule, says, message, List.of(), List.of(reasons));
  }

  Fact andRefuses(String... more) {
    List<String> all = new ArrayList<>(reasons);
    all.addAll(List.of(more));
    return new Fact(rule, says, message, records, all);
  }

  @Override
  public String toString() {
    return "§" + rule + " " + says;
  }
}
