package io.meterline.core;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Says what was probably meant by a word that is not known. */
public final class Suggestions {
  private Suggestions() {}

  /** The known word that is nearest, where one is near enough. */
  public static Optional<String> nearest(String written, List<String> known) {
    return known.stream()
        .filter(word -> distance(written, word) <= 1 + word.length() / 3)
        .min(Comparator.comparingInt(word -> distance(written, word)));
  }

  /** As {@code : did you mean 'x'?}, or {@code otherwise} where no known word is near enough. */
  public static String hint(String written, List<String> known, String otherwise) {
    return nearest(written, known).map(": did you mean '%s'?"::formatted).orElse(otherwise);
  }

  /**
   * All known words that are as near as the nearest, in their order, where they are near enough.
   */
  public static List<String> allNearest(String written, List<String> known) {
    return nearest(written, known)
        .map(
            nearest ->
                known.stream()
                    .filter(word -> distance(written, word) == distance(written, nearest))
                    .distinct()
                    .toList())
        .orElse(List.of());
  }

  /** How many letters must be put in, left out or replaced (Levenshtein). */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
