package io.meterline.emitter;

import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/** A record as a reader of its JSON, not ours, sees it. */
record Json(JsonNode node) {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  static Json of(String text) {
    return new Json(MAPPER.readTree(text));
  }

  String text(String member) {
    return node.get(member).stringValue();
  }

  BigDecimal number(String member) {
    return node.get(member).decimalValue();
  }

  long time() {
    return node.get("meterTimeInMillis").longValue();
  }

  Map<String, String> dimensions() {
    Map<String, String> dimensions = new TreeMap<>();
    if (node.has("dimensions")) {
      node.get("dimensions")
          .properties()
          .forEach(member -> dimensions.put(member.getKey(), member.getValue().stringValue()));
    }
    return dimensions;
  }
}
