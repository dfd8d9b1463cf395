package io.meterline.core.json;

/** The escapes of JSON strings, taken off one layer at a time. */
public final class Escapes {
  /** Why decoding stopped. */
  public enum Stop {
    /** All of the source was decoded. */
    SOURCE_END,
    /** The source ends inside an escape, or between the two halves of a surrogate pair. */
    INSIDE_ESCAPE,
    /** An unescaped quote: the end of the string that the source is part of. */
    QUOTE,
    /** An escape that JSON does not have. */
    BAD_ESCAPE,
    /** As many bytes were written as were asked for. */
    ENOUGH
  }

  static final int UNICODE_LENGTH = 6;

  /** Room that a destination needs beyond the source's length: words are written whole. */
  public static final int SLACK = Long.BYTES;

  private int read;
  private int written;

  /** Where in the source the last decoding stopped. */
  public int read() {
    return read;
  }

  /** Where in the destination the last decoding stopped. */
  public int written() {
    return written;
  }

  /** Decodes all it can of {@code source} to the front of {@code out}. */
  public Stop decode(byte[] source, int from, int to, byte[] out) {
    return decode(source, from, to, out, Integer.MAX_VALUE);
  }

  /**
   * Decodes until {@code enough} bytes or a few more are written. Half a surrogate pair is written
   * as three bytes that no strict reader of UTF-8 takes, so that it is refused where it is used.
   */
  public Stop decode(byte[] source, int from, int to, byte[] out, int enough) {
    int i = from;
    int o = 0;
    Stop stop = Stop.SOURCE_END;
    decoding:
    while (i < to) {
      if (o >= enough) {
        stop = Stop.ENOUGH;
        break;
      }
      if (i <= to - Long.BYTES && enough == Integer.MAX_VALUE) {
        long word = Swar.get(source, i);
        long quotes = Swar.equal(word, Swar.QUOTES);
        long backslashes = Swar.equal(word, Swar.BACKSLASHES);
        long letters = Swar.escaped(backslashes, 0);
        long openers = backslashes & ~letters;
        if (openers >= 0 && quotes == (letters & ~backslashes)) {
          // Nothing but escaped quotes and backslashes, the usual case: each loses its backslash.
          Swar.put(out, o, Swar.without(word, openers));
          i += Long.BYTES;
          o += Long.BYTES - Long.bitCount(openers);
          continue;
        }
        Swar.put(out, o, word);
        long stops = quotes | backslashes;
        int plain = stops == 0 ? Long.BYTES : Swar.first(stops);
        i += plain;
        o += plain;
        if (stops == 0) {
          continue;
        }
      }
      byte b = source[i];
      if (b == '"') {
        stop = Stop.QUOTE;
        break;
      }
      if (b != '\\') {
        out[o++] = b;
        i++;
        continue;
      }
      int length = lengthAt(source, i, to);
      switch (length) {
        case 0 -> {
          stop = Stop.INSIDE_ESCAPE;
          break decoding;
        }
        case -1 -> {
          stop = Stop.BAD_ESCAPE;
          break decoding;
        }
        case 2 -> {
          out[o++] = simple(source[i + 1]);
          i += length;
        }
        default -> {
          int codePoint = unit(source, i);
          int second = i + length;
          if (Character.isHighSurrogate((char) codePoint)) {
            int secondLength = lengthAt(source, second, to);
            if (secondLength == 0) {
              stop = Stop.INSIDE_ESCAPE;
              break decoding;
            }
            if (secondLength == UNICODE_LENGTH
                && Character.isLowSurrogate((char) unit(source, second))) {
              codePoint = Character.toCodePoint((char) codePoint, (char) unit(source, second));
              second += UNICODE_LENGTH;
            }
          }
          i = second;
          o = Utf8.write(codePoint, out, o);
        }
      }
    }
    read = i;
    written = o;
    return stop;
  }

  /**
   * The length of the escape at {@code i}: 2 or 6; 0 when the bytes end inside it, -1 when it is
   * none.
   */
  static int lengthAt(byte[] bytes, int i, int end) {
    if (i >= end) {
      return 0;
    }
    if (bytes[i] != '\\') {
      return -1;
    }
    if (i + 1 == end) {
      return 0;
    }
    return switch (bytes[i + 1]) {
      case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> 2;
      case 'u' -> {
        for (int k = 2; k < UNICODE_LENGTH; k++) {
          if (i + k == end) {
            yield 0;
          }
          if (Character.digit(bytes[i + k], 16) < 0) {
            yield -1;
          }
        }
        yield UNICODE_LENGTH;
      }
      default -> -1;
    };
  }

  /** The UTF-16 unit that the escape at {@code i}, of six bytes, stands for. */
  static int unit(byte[] bytes, int i) {
    return Character.digit(bytes[i + 2], 16) << 12
        | Character.digit(bytes[i + 3], 16) << 8
        | Character.digit(bytes[i + 4], 16) << 4
        | Character.digit(bytes[i + 5], 16);
  }

  private static byte simple(byte letter) {
    return switch (letter) {
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      default -> letter;
    };
  }
}
