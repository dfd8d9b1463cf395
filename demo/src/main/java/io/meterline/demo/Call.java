package io.meterline.demo;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a call says is to be metered; what it leaves out has a default. */
record Call(
    String meterApiName, String customerId, BigDecimal value, Map<String, String> dimensions) {
  private static final List<String> MEMBERS =
      List.of("customerId", "meterApiName", "value", "dimensions");

  /** Longer ones take seconds to read, and no meter has such values. */
  private static final int MOST_DIGITS = 100;

  Call {
    dimensions = new TreeMap<>(dimensions);
  }

  /**
   * Reads a call's body.
   *
   * @throws IllegalArgumentException that says what is wrong with it
   */
  static Call of(Request request, MeteringRoute way) {
    Map<String, String> dimensions = new TreeMap<>();
    dimensions.put("method", request.method());
    dimensions.put("endpoint", "/" + way.word());
    if (isBlank(request.body())) {
      return new Call("api-calls", "demo-customer", BigDecimal.ONE, dimensions);
    }
    JsonObject body = JsonObject.of(request.body());
    for (String name : body.members().keySet()) {
      if (!MEMBERS.contains(name)) {
        throw new IllegalArgumentException(
            "'%s' is not one of %s".formatted(name, String.join(", ", MEMBERS)));
      }
    }
    dimensions.putAll(dimensions(body));
    return new Call(
        text(body, "meterApiName", "api-calls"),
        text(body, "customerId", "demo-customer"),
        body.raw("value").map(Call::number).orElse(BigDecimal.ONE),
        dimensions);
  }

  private static boolean isBlank(byte[] body) {
    for (byte b : body) {
      if (b > ' ' || b < 0) {
        return false;
      }
    }
    return true;
  }

  private static String text(JsonObject body, String name, String otherwise) {
    if (body.raw(name).isEmpty()) {
      return otherwise;
    }
    return body.text(name)
        .orElseThrow(() -> new IllegalArgumentException(name + " is not a string"));
  }

  private static BigDecimal number(String value) {
    boolean isNumber = value.charAt(0) == '-' || Character.isDigit(value.charAt(0));
    if (!isNumber) {
      throw new IllegalArgumentException("value is not a number");
    }
    if (value.length() > MOST_DIGITS) {
      throw new IllegalArgumentException("value has more than %d digits".formatted(MOST_DIGITS));
    }
    try {
      return new BigDecimal(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("value '%s' is beyond all bounds".formatted(value), e);
    }
  }

  private static Map<String, String> dimensions(JsonObject body) {
    if (body.raw("dimensions").isEmpty()) {
      return Map.of();
    }
    JsonObject given =
        body.object("dimensions")
            .orElseThrow(() -> new IllegalArgumentException("dimensions is not an object"));
    Map<String, String> dimensions = new TreeMap<>();
    given
        .members()
        .forEach(
            (name, value) -> {
              if (!JsonObject.isString(value)) {
                throw new IllegalArgumentException(
                    "dimension '%s' is not a string".formatted(name));
              }
              dimensions.put(name, JsonObject.string(value));
            });
    return dimensions;
  }
}
