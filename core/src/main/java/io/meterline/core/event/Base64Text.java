package io.meterline.core.event;

import io.meterline.core.fast.FastInflater;
import java.util.Arrays;
import java.util.Base64;

/**
 * Decodes base64 into one reused buffer.
 *
 * <p>The JDK's decoder, which is many times as fast as a loop, takes whole arrays alone: the text
 * is handed to it in pieces of a few lengths, whose arrays are reused as well.
 */
public final class Base64Text {
  /** Each a multiple of four characters, which stand for three bytes. */
  private static final int[] PIECES = {8192, 2048, 512, 128, 32};

  private static final int CHARACTERS = 4;
  private static final int BYTES = 3;

  private final byte[][] pieces = new byte[PIECES.length][];
  private final byte[] decoded = new byte[PIECES[0] / CHARACTERS * BYTES];
  private byte[] bytes = {};
  private int length;

  public Base64Text() {
    Arrays.setAll(pieces, i -> new byte[PIECES[i]]);
  }

  /** Decodes what is in {@code text[from, to)}; false where that is not base64. */
  boolean decode(byte[] text, int from, int to) {
    int most = (to - from) / CHARACTERS * BYTES + BYTES + FastInflater.ROOM_BEHIND_DATA;
    if (bytes.length < most) {
      bytes = new byte[most + most / 2];
    }
    length = 0;
    int at = from;
    try {
      for (byte[] piece : pieces) {
        // The last characters are decoded by themselves: padding may end them, and nothing else.
        while (to - at > piece.length) {
          System.arraycopy(text, at, piece, 0, piece.length);
          at += piece.length;
          if (add(piece) != piece.length / CHARACTERS * BYTES) {
            return false;
          }
        }
      }
      add(Arrays.copyOfRange(text, at, to));
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private int add(byte[] piece) {
    int more = Base64.getDecoder().decode(piece, decoded);
    System.arraycopy(decoded, 0, bytes, length, more);
    length += more;
    return more;
  }

  /** The buffer, which holds what was decoded last at its front. */
  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }
}
