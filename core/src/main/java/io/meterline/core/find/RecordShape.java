package io.meterline.core.find;

import io.meterline.core.RecordBuffer;
import io.meterline.core.json.Literal;
import io.meterline.core.json.Swar;
import io.meterline.core.record.Numbers;

/**
 * How an earlier record was written but for its values: the glue between them, as it is in the text
 * and as it goes out. An application writes the same call's records alike, so the next one is
 * likely to fit; then it is read, checked, unescaped and minified in one pass.
 *
 * <p>It takes only values that break no rule by their mere form, and leaves all else to the general
 * reader: a text that does not fit says nothing about the record.
 */
final class RecordShape {
  /** What {@link #read} tells where the text does not fit. */
  static final int OTHER = -1;

  /** What a value must be, so that no rule is left to be checked. */
  enum Kind {
    /** A string that no rule asks anything of. */
    TEXT,
    /** A string that must not be blank. */
    NAME,
    /** A string that counts as not there where it is empty. */
    ID,
    /** An integer in the range of times. */
    TIME,
    /** A number, without an exponent. */
    NUMBER
  }

  /** The longest text of a record that is read so: room for as much is made beforehand. */
  private static final int LONGEST = 16 * 1024;

  /** Times with more digits may be out of range. */
  private static final int MOST_TIME_DIGITS = 14;

  private static final int MOST_NUMBER_DIGITS = 100;

  private final int layers;
  private final Literal[] in;
  private final Literal[] out;
  private final Kind[] kinds;
  private final boolean timed;
  private final boolean identified;
  private final int room;
  private byte[] bytes = {};
  private int timeFrom;
  private int timeTo;

  /**
   * A template of records that are {@code layers} strings deep; of each kind of glue there is one
   * more than there are values. What goes out does so without the closing brace.
   */
  RecordShape(
      int layers, Literal[] in, Literal[] out, Kind[] kinds, boolean timed, boolean identified) {
    this.layers = layers;
    this.in = in;
    this.out = out;
    this.kinds = kinds;
    this.timed = timed;
    this.identified = identified;
    this.room = room(out);
  }

  /** What goes out beside the values, and what may be written beyond its end. */
  private static int room(Literal[] out) {
    int room = Long.BYTES;
    for (Literal glue : out) {
      room += glue.length() + Long.BYTES;
    }
    return room;
  }

  /** How many strings the record is in, one inside the other. */
  int layers() {
    return layers;
  }

  /** Whether it has its own time. */
  boolean isTimed() {
    return timed;
  }

  /** Whether it has its own id. */
  boolean isIdentified() {
    return identified;
  }

  /** The own time, in epoch milliseconds, of the record that was read last. */
  long time() {
    return Numbers.integer(bytes, timeFrom, timeTo);
  }

  /**
   * Reads the record at {@code from} and writes it to {@code target} but for its closing brace.
   *
   * @return where the record ends in the text, or {@link #OTHER} with nothing written
   */
  int read(byte[] text, int from, int to, int maxRecordBytes, RecordBuffer target) {
    if (!in[0].isAt(text, from)) {
      return OTHER;
    }
    int end = Math.min(to, from + LONGEST);
    int start = target.open(end - from + room);
    bytes = target.bytes();
    int i = from + in[0].length();
    int o = out[0].write(bytes, start);
    for (int k = 0; k < kinds.length; k++) {
      int value = i;
      i = value(kinds[k], text, i, end, bytes, o);
      if (i < 0 || !in[k + 1].isAt(text, i)) {
        return OTHER;
      }
      if (kinds[k] == Kind.TIME) {
        timeFrom = o;
        timeTo = o + i - value;
      }
      o = out[k + 1].write(bytes, o + i - value);
      i += in[k + 1].length();
    }
    if (i > end || o - start >= maxRecordBytes) {
      return OTHER;
    }
    target.wrote(o);
    return i;
  }

  /** Copies a value that is as it must be; returns the index after it, or {@link #OTHER}. */
  private static int value(Kind kind, byte[] text, int from, int end, byte[] out, int at) {
    if (kind == Kind.TIME) {
      return time(text, from, end, out, at);
    }
    if (kind == Kind.NUMBER) {
      return number(text, from, end, out, at);
    }
    int next = string(text, from, end, out, at);
    boolean empty = next == from;
    boolean blank = empty || text[from] == ' ';
    return (kind == Kind.NAME && blank) || (kind == Kind.ID && empty) ? OTHER : next;
  }

  /** Copies a string up to what does not stand for itself: the next glue tells if that ends it. */
  private static int string(byte[] text, int from, int end, byte[] out, int at) {
    int o = at;
    int last = Math.min(end, text.length - Long.BYTES);
    for (int i = from; i <= last; i += Long.BYTES) {
      long word = Swar.get(text, i);
      Swar.put(out, o, word);
      long special = Swar.special(word);
      if (special != 0) {
        return i + Swar.first(special);
      }
      o += Long.BYTES;
    }
    return OTHER;
  }

  private static int time(byte[] text, int from, int end, byte[] out, int at) {
    int next = digits(text, from, end, out, at);
    return next > from && next - from <= MOST_TIME_DIGITS && text[from] != '0' ? next : OTHER;
  }

  private static int number(byte[] text, int from, int end, byte[] out, int at) {
    int next = digits(text, from, end, out, at);
    if (next <= from || (text[from] == '0' && next - from > 1)) {
      return OTHER;
    }
    if (text[next] == '.') {
      int fraction = next + 1;
      out[at + next - from] = '.';
      next = digits(text, fraction, end, out, at + fraction - from);
      if (next <= fraction) {
        return OTHER;
      }
    }
    return next - from <= MOST_NUMBER_DIGITS ? next : OTHER;
  }

  private static int digits(byte[] text, int from, int end, byte[] out, int at) {
    int o = at;
    int last = Math.min(end, text.length - Long.BYTES);
    for (int i = from; i <= last; i += Long.BYTES) {
      long word = Swar.get(text, i);
      Swar.put(out, o, word);
      long others = Swar.notDigits(word);
      if (others != 0) {
        return i + Swar.first(others);
      }
      o += Long.BYTES;
    }
    return OTHER;
  }
}
