package io.meterline.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.meterline.core.json.Escapes;
import io.meterline.core.json.JsonCursor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A JSON object as the texts of its members, in their order; strict, and no name twice. */
public final class JsonObject {
  private static final int DEPTH = 32;

  private final Map<String, String> members;

  private JsonObject(Map<String, String> members) {
    this.members = members;
  }

  /**
   * Reads an object.
   *
   * @throws IllegalArgumentException that says what is wrong, where it is none
   */
  public static JsonObject of(byte[] json) {
    JsonCursor in = JsonCursor.strict();
    in.reset(json, 0, json.length);
    if (in.peek() != '{') {
      throw new IllegalArgumentException(
          in.peek() < 0 ? "there is no JSON" : "it is not a JSON object");
    }
    Map<String, String> members = new LinkedHashMap<>();
    for (boolean more = in.firstMember(); more; more = in.nextMember()) {
      member(in, members);
    }
    if (in.fault() != JsonCursor.Fault.NONE) {
      throw fault(in);
    }
    if (in.peek() >= 0) {
      throw new IllegalArgumentException("there is more after the JSON object");
    }
    return new JsonObject(members);
  }

  public static JsonObject of(String json) {
    return of(json.getBytes(UTF_8));
  }

  private static void member(JsonCursor in, Map<String, String> members) {
    String key = in.name();
    int value = in.at();
    if (!in.value(DEPTH)) {
      throw fault(in);
    }
    if (members.put(key, text(in, value)) != null) {
      throw new IllegalArgumentException("'%s' is duplicated".formatted(key));
    }
  }

  private static String text(JsonCursor in, int from) {
    return new String(in.bytes(), from, in.at() - from, UTF_8);
  }

  private static IllegalArgumentException fault(JsonCursor in) {
    return new IllegalArgumentException("%s (at byte %d)".formatted(in.why(), in.at()));
  }

  public Map<String, String> members() {
    return members;
  }

  /** The text of a member, as it is written; empty where it is not there or null. */
  public Optional<String> raw(String name) {
    return Optional.ofNullable(members.get(name)).filter(value -> !value.equals("null"));
  }

  /** The string that a member is; empty where it is something else. */
  public Optional<String> text(String name) {
    return raw(name).filter(JsonObject::isString).map(JsonObject::string);
  }

  /** The object that a member is; empty where it is something else. */
  public Optional<JsonObject> object(String name) {
    return raw(name).filter(value -> value.startsWith("{")).map(JsonObject::of);
  }

  static boolean isString(String value) {
    return value.startsWith("\"");
  }

  /** What a JSON string says. */
  static String string(String value) {
    byte[] escaped = value.getBytes(UTF_8);
    byte[] plain = new byte[escaped.length + Escapes.SLACK];
    Escapes escapes = new Escapes();
    escapes.decode(escaped, 1, escaped.length - 1, plain);
    return new String(Arrays.copyOf(plain, escapes.written()), UTF_8);
  }
}
