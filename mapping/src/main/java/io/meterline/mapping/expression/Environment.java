package io.meterline.mapping.expression;

import java.util.Map;

/**
 * What a rule gives its expressions to look at.
 *
 * @param json whether there is a {@code line}
 * @param groups the named groups of its regular expression, and their numbers
 * @param item whether there is an {@code item}
 */
public record Environment(boolean json, Map<String, Integer> groups, boolean item) {
  public Environment {
    groups = Map.copyOf(groups);
  }

  /** The same, with or without an item. */
  public Environment withItem(boolean hasItem) {
    return new Environment(json, groups, hasItem);
  }
}
