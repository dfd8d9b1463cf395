package io.meterline.core.find;

import io.meterline.core.json.Escapes;
import io.meterline.core.json.Escapes.Stop;

/**
 * The text of a record that is inside JSON strings, one to three deep, its escapes taken off as
 * often as that takes.
 *
 * <p>A stretch of bounded length is opened at a time, and a longer one where the record needs it: a
 * message with many records costs no more than a few times its length.
 */
final class NestedText {
  /** How many strings a record may be in, one inside the other. */
  static final int MAX_DEPTH = 3;

  /** How many are before a quote that deep: each string doubles them and adds one. */
  static final int MOST_BACKSLASHES = backslashes(MAX_DEPTH);

  private final Escapes escapes = new Escapes();
  private final byte[][] layers = new byte[MAX_DEPTH + 1][];
  private final int[] ends = new int[MAX_DEPTH + 1];
  private int from;
  private int depth;
  private boolean cut;
  private boolean badEscape;
  private boolean quote;

  /** How many backslashes are before a quote that is so many strings deep. */
  static int backslashes(int depth) {
    return (1 << depth) - 1;
  }

  /**
   * How many strings deep a record is, by the backslashes before its first quote; -1 for no depth.
   */
  static int depth(int backslashes) {
    return switch (backslashes) {
      case 0 -> 0;
      case 1 -> 1;
      case 3 -> 2;
      case 7 -> 3;
      default -> -1;
    };
  }

  /** Opens {@code source[start, to)}; {@code whole} tells that the text itself ends at to. */
  void open(byte[] source, int start, int to, boolean whole, int layersDeep) {
    from = start;
    depth = layersDeep;
    cut = !whole;
    badEscape = false;
    quote = false;
    layers[0] = source;
    ends[0] = to;
    for (int layer = 1; layer <= depth; layer++) {
      int first = first(layer - 1);
      int length = ends[layer - 1] - first;
      if (layers[layer] == null || layers[layer].length < length + Escapes.SLACK) {
        layers[layer] = new byte[length + Escapes.SLACK];
      }
      Stop stop = escapes.decode(layers[layer - 1], first, ends[layer - 1], layers[layer]);
      ends[layer] = escapes.written();
      if (stop == Stop.QUOTE || stop == Stop.BAD_ESCAPE) {
        // This layer's end comes before the ends of the layers outside of it.
        cut = false;
        badEscape = stop == Stop.BAD_ESCAPE;
        quote = stop == Stop.QUOTE;
      }
    }
  }

  private int first(int layer) {
    return layer == 0 ? from : 0;
  }

  byte[] bytes() {
    return layers[depth];
  }

  int length() {
    return ends[depth];
  }

  /** Whether the text continues after what was opened. */
  boolean isCut() {
    return cut;
  }

  /** Whether the text ends with a string that it is in. */
  boolean endsInQuote() {
    return quote;
  }

  /** Whether the text stops at an escape that JSON does not have. */
  boolean endsInBadEscape() {
    return badEscape;
  }

  /** Where in the source the byte at {@code index} of the opened text is. */
  int sourceIndex(int index) {
    int at = index;
    for (int layer = depth; layer > 0; layer--) {
      escapes.decode(layers[layer - 1], first(layer - 1), ends[layer - 1], layers[layer], at);
      at = escapes.read();
    }
    return at;
  }
}
