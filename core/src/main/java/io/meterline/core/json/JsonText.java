package io.meterline.core.json;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes a JSON object, member by member, as UTF-8. */
public final class JsonText {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream(256);

  public JsonText() {
    out.write('{');
  }

  /** Adds a string. */
  public JsonText member(String name, String value) {
    name(name);
    string(value.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  /** Adds a string whose text is UTF-8 already; what is not UTF-8 becomes U+FFFD. */
  public JsonText member(String name, byte[] text) {
    name(name);
    string(text);
    return this;
  }

  /** Adds a value that is JSON already, as it is written. */
  public JsonText literal(String name, String text) {
    name(name);
    out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  /** The whole object. */
  public byte[] end() {
    out.write('}');
    return out.toByteArray();
  }

  /** Whether {@code text} can be in a JSON string with nothing replaced. */
  public static boolean isUtf8(byte[] text) {
    int i = 0;
    while (i < text.length) {
      int length = text[i] >= 0 ? 1 : Utf8.lengthAt(text, i, text.length);
      if (length <= 0) {
        return false;
      }
      i += length;
    }
    return true;
  }

  /** What is between the quotes of a JSON string, its escapes undone. */
  public static byte[] unescaped(byte[] source, int from, int to) {
    byte[] text = new byte[to - from + Escapes.SLACK];
    Escapes escapes = new Escapes();
    escapes.decode(source, from, to, text);
    return Arrays.copyOf(text, escapes.written());
  }

  private void name(String name) {
    if (out.size() > 1) {
      out.write(',');
    }
    string(name.getBytes(StandardCharsets.UTF_8));
    out.write(':');
  }

  private void string(byte[] text) {
    out.write('"');
    int i = 0;
    while (i < text.length) {
      byte b = text[i];
      if (b >= 0) {
        ascii(b);
        i++;
        continue;
      }
      int length = Utf8.lengthAt(text, i, text.length);
      if (length > 0) {
        out.write(text, i, length);
        i += length;
      } else {
        ascii("\\ufffd");
        i++;
      }
    }
    out.write('"');
  }

  private void ascii(byte b) {
    switch (b) {
      case '"' -> ascii("\\\"");
      case '\\' -> ascii("\\\\");
      case '\n' -> ascii("\\n");
      case '\r' -> ascii("\\r");
      case '\t' -> ascii("\\t");
      default -> {
        if (b < ' ') {
          ascii("\\u00" + Character.forDigit(b >> 4, 16) + Character.forDigit(b & 15, 16));
        } else {
          out.write(b);
        }
      }
    }
  }

  private void ascii(String text) {
    for (int i = 0; i < text.length(); i++) {
      out.write(text.charAt(i));
    }
  }
}
