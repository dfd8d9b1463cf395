package io.meterline.local;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes a JSON object, member by member, and objects within it. */
final class Json {
  private final StringBuilder out = new StringBuilder("{");

  Json member(String name, String value) {
    name(name);
    string(value);
    return this;
  }

  Json member(String name, long value) {
    name(name);
    out.append(value);
    return this;
  }

  Json member(String name, Json value) {
    return raw(name, value.toString());
  }

  Json member(String name, List<String> values) {
    name(name);
    out.append('[');
    for (int i = 0; i < values.size(); i++) {
      if (i > 0) {
        out.append(',');
      }
      string(values.get(i));
    }
    out.append(']');
    return this;
  }

  /** Adds JSON as it is written. */
  Json raw(String name, String json) {
    name(name);
    out.append(json);
    return this;
  }

  byte[] bytes() {
    return toString().getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return out + "}";
  }

  private void name(String name) {
    if (out.length() > 1) {
      out.append(',');
    }
    string(name);
    out.append(':');
  }

  private void string(String text) {
    out.append('"');
    int plain = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= ' ' && c != '"' && c != '\\') {
        continue;
      }
      out.append(text, plain, i);
      plain = i + 1;
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default ->
            out.append("\\u00")
                .append(Character.forDigit(c >> 4, 16))
                .append(Character.forDigit(c & 15, 16));
      }
    }
    out.append(text, plain, text.length()).append('"');
  }
}
