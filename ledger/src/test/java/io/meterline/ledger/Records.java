package io.meterline.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.meterline.core.json.JsonText;
import java.util.Map;

/** The JSON text of records. */
final class Records {
  private Records() {}

  /** A record of one meter. */
  static String json(String meter, String customer, long time, String value, String id) {
    return "{\"meterApiName\":\"%s\",\"customerId\":\"%s\",\"meterTimeInMillis\":%d,%s\"meterValue\":%s}"
        .formatted(meter, customer, time, id(id), value);
  }

  /** A record of several meters, or of one, which is spelled either way. */
  static String json(
      Map<String, String> values,
      String customer,
      long time,
      String id,
      Map<String, String> dimensions) {
    JsonText pairs = new JsonText();
    dimensions.forEach(pairs::member);
    JsonText numbers = new JsonText();
    values.forEach(numbers::literal);
    return "{%s\"customerId\":\"%s\",\"meterTimeInMillis\":%d,\"values\":%s,\"dimensions\":%s}"
        .formatted(
            id(id),
            customer,
            time,
            new String(numbers.end(), UTF_8),
            new String(pairs.end(), UTF_8));
  }

  private static String id(String id) {
    return id.isEmpty() ? "" : "\"uniqueId\":\"" + id + "\",";
  }
}
