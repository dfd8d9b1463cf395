package io.meterline.core.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Walks strict JSON (RFC 8259) in a stretch of bytes, checking as it goes, and builds nothing.
 *
 * <p>A method that moves returns whether what it met was right. When it was not, {@link #fault()}
 * and {@link #why()} tell what was wrong and {@link #at()} where, and the cursor stays there.
 */
public final class JsonCursor {
  /** How reading can fail. */
  public enum Fault {
    NONE,
    /** The bytes end inside the value. */
    TRUNCATED,
    /** The bytes are not JSON. */
    MALFORMED
  }

  private final StringScan strings;
  private byte[] bytes = {};
  private int at;
  private int end;
  private int spaces;
  private int nameFrom;
  private int nameTo;
  private boolean nameEscaped;
  private Fault fault = Fault.NONE;
  private String why = "";

  private JsonCursor(boolean strictText) {
    this.strings = new StringScan(strictText);
  }

  /** A cursor that takes nothing but well-formed text: UTF-8, and surrogates in pairs. */
  public static JsonCursor strict() {
    return new JsonCursor(true);
  }

  /**
   * A cursor that looks at structure alone: bad UTF-8 or half a surrogate pair inside a string is
   * left to whoever uses that string. An envelope is no worse for one bad line in it.
   */
  public static JsonCursor structural() {
    return new JsonCursor(false);
  }

  /** Starts over at {@code from}; the bytes end at {@code to}. */
  public void reset(byte[] source, int from, int to) {
    bytes = source;
    at = from;
    end = to;
    spaces = 0;
    fault = Fault.NONE;
    why = "";
  }

  public byte[] bytes() {
    return bytes;
  }

  public int at() {
    return at;
  }

  /** Where the bytes end. */
  public int end() {
    return end;
  }

  public Fault fault() {
    return fault;
  }

  /** What was wrong, as the end of a message. */
  public String why() {
    return why;
  }

  /** How many bytes of insignificant white space were passed since the reset. */
  public int spaces() {
    return spaces;
  }

  /** Whether the string that was passed last holds an escape. */
  public boolean escaped() {
    return strings.escaped();
  }

  /** Whether the string that was passed last holds an escape of the form {@code \\uXXXX}. */
  public boolean unicodeEscaped() {
    return strings.unicodeEscaped();
  }

  /** Whether {@code ascii}, as it is, is in {@code [from, to)}. */
  public boolean isText(String ascii, int from, int to) {
    if (to - from != ascii.length()) {
      return false;
    }
    for (int i = 0; i < ascii.length(); i++) {
      if (bytes[from + i] != ascii.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** Passes white space and tells the byte that follows, without moving past it; -1 at the end. */
  public int peek() {
    int i = at;
    while (i < end) {
      byte b = bytes[i];
      if (b > ' ' || !isSpace(b)) {
        spaces += i - at;
        at = i;
        return b & 0xFF;
      }
      i++;
    }
    spaces += i - at;
    at = i;
    return -1;
  }

  /** Passes one byte that {@link #peek} has told. */
  public void pass() {
    at++;
  }

  /** Passes white space and then {@code expected}. */
  public boolean take(char expected, String otherwise) {
    int next = peek();
    if (next == expected) {
      at++;
      return true;
    }
    return next < 0 ? truncated() : malformed(otherwise);
  }

  /**
   * Enters the object that starts here. True at the value of its first member; false where there is
   * none, or at a fault. All members are read by
   *
   * <pre>{@code
   * for (boolean more = in.firstMember(); more; more = in.nextMember()) {
   *   if (!in.value(depth)) { … }
   * }
   * }</pre>
   */
  public boolean firstMember() {
    at++;
    if (peek() == '}') {
      at++;
      return false;
    }
    return member();
  }

  /** From the end of a member's value to that of the next one; false at the object's end. */
  public boolean nextMember() {
    return more('}') && member();
  }

  /** Enters the array that starts here. True where it has an element. */
  public boolean firstElement() {
    at++;
    if (peek() == ']') {
      at++;
      return false;
    }
    return true;
  }

  /** From the end of an element to the next one; false at the array's end, or at a fault. */
  public boolean nextElement() {
    return more(']');
  }

  /** Passes a member's name with its colon, up to its value. */
  public boolean member() {
    int next = peek();
    if (next != '"') {
      return next < 0 ? truncated() : malformed("a member's name in quotes is expected");
    }
    int start = at + 1;
    if (!string()) {
      return false;
    }
    nameFrom = start;
    nameTo = at - 1;
    nameEscaped = strings.escaped();
    if (!take(':', "a colon is expected")) {
      return false;
    }
    peek();
    return true;
  }

  /** Where the name starts of the member that was reached last, after its quote. */
  public int nameFrom() {
    return nameFrom;
  }

  /** Where that name ends, before its quote. */
  public int nameTo() {
    return nameTo;
  }

  public boolean isNameEscaped() {
    return nameEscaped;
  }

  /** The name of the member that was reached last. */
  public String name() {
    byte[] text =
        nameEscaped
            ? JsonText.unescaped(bytes, nameFrom, nameTo)
            : Arrays.copyOfRange(bytes, nameFrom, nameTo);
    return new String(text, StandardCharsets.UTF_8);
  }

  /** Whether the member that was reached last has this name, which is ASCII. */
  public boolean isNamed(String name) {
    return nameEscaped ? name.equals(name()) : isText(name, nameFrom, nameTo);
  }

  /** Passes white space and a value that may nest {@code depth} deep. */
  public boolean value(int depth) {
    int next = peek();
    return switch (next) {
      case -1 -> truncated();
      case '"' -> string();
      case '{' -> depth > 0 ? object(depth - 1) : malformed("nested too deep");
      case '[' -> depth > 0 ? array(depth - 1) : malformed("nested too deep");
      case 't' -> literal("true");
      case 'f' -> literal("false");
      case 'n' -> literal("null");
      default -> number();
    };
  }

  /** What follows a member or element: true after a comma; false at {@code close} or at a fault. */
  public boolean more(char close) {
    if (at < end && bytes[at] == ',') {
      at++;
      return true;
    }
    int next = peek();
    if (next == ',') {
      at++;
      return true;
    }
    if (next == close) {
      at++;
      return false;
    }
    return next < 0 ? truncated() : malformed("a comma or a closing bracket is expected");
  }

  private boolean object(int depth) {
    for (boolean more = firstMember(); more; more = nextMember()) {
      if (!value(depth)) {
        return false;
      }
    }
    return fault == Fault.NONE;
  }

  private boolean array(int depth) {
    for (boolean more = firstElement(); more; more = nextElement()) {
      if (!value(depth)) {
        return false;
      }
    }
    return fault == Fault.NONE;
  }

  /** Passes the string that starts here. */
  public boolean string() {
    return stringTo(strings.pass(bytes, at + 1, end));
  }

  private boolean stringTo(int next) {
    if (next >= 0) {
      at = next;
      return true;
    }
    if (next == StringScan.TRUNCATED) {
      at = end;
      return truncated();
    }
    at = strings.at();
    return malformed(strings.why());
  }

  private boolean number() {
    int i = at;
    if (bytes[i] == '-') {
      i++;
    }
    int digits = i;
    i = digits(i);
    if (i == digits) {
      return numberStops(i, "a value is expected");
    }
    if (bytes[digits] == '0' && i > digits + 1) {
      at = digits + 1;
      return malformed("a number with a leading zero");
    }
    if (i < end && bytes[i] == '.') {
      int fraction = ++i;
      i = digits(i);
      if (i == fraction) {
        return numberStops(i, "a digit is expected after the decimal point");
      }
    }
    if (i < end && (bytes[i] == 'e' || bytes[i] == 'E')) {
      i++;
      if (i < end && (bytes[i] == '+' || bytes[i] == '-')) {
        i++;
      }
      int exponent = i;
      i = digits(i);
      if (i == exponent) {
        return numberStops(i, "a digit is expected in the exponent");
      }
    }
    at = i;
    return true;
  }

  private boolean numberStops(int i, String reason) {
    at = i;
    return i == end ? truncated() : malformed(reason);
  }

  private int digits(int from) {
    byte[] text = bytes;
    int i = from;
    for (int last = end - Long.BYTES; i <= last; i += Long.BYTES) {
      long others = Swar.notDigits(Swar.get(text, i));
      if (others != 0) {
        return i + Swar.first(others);
      }
    }
    while (i < end && text[i] >= '0' && text[i] <= '9') {
      i++;
    }
    return i;
  }

  private boolean literal(String word) {
    for (int k = 1; k < word.length(); k++) {
      if (at + k == end) {
        at = end;
        return truncated();
      }
      if (bytes[at + k] != word.charAt(k)) {
        at += k;
        return malformed("a value is expected");
      }
    }
    at += word.length();
    return true;
  }

  private boolean truncated() {
    fault = Fault.TRUNCATED;
    why = "the text ends inside the value";
    return false;
  }

  private boolean malformed(String reason) {
    fault = Fault.MALFORMED;
    why = reason;
    return false;
  }

  /** Whether JSON counts {@code b} as white space. */
  public static boolean isSpace(int b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }
}
