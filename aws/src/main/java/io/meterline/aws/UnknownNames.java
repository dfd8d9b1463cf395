package io.meterline.aws;

import io.meterline.core.json.Suggestions;
import java.util.List;
import java.util.Optional;

/** Suggests the word that was probably meant. */
final class UnknownNames {
  private UnknownNames() {}

  /** The nearest of the known words, and all of them. */
  static String suggest(String written, List<String> known) {
    String all = String.join(", ", known);
    return nearest(written, known)
        .map(nearest -> "did you mean '%s'? (known: %s)".formatted(nearest, all))
        .orElse("known: " + all);
  }

  static Optional<String> nearest(String written, List<String> known) {
    return Suggestions.nearest(written, known);
  }
}
