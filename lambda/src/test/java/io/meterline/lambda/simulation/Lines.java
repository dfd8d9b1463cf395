package io.meterline.lambda.simulation;

import io.meterline.core.Reason;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Writes log lines, and remembers what is to become of each record in them. */
final class Lines {
  private final RandomGenerator random;
  private final String marker;
  private final Map<Integer, Optional<Reason>> expected = new HashMap<>();
  private int serial;

  /** Serials start at {@code first}, so that those of two writers differ. */
  Lines(RandomGenerator random, String marker, int first) {
    this.random = random;
    this.marker = marker;
    this.serial = first;
  }

  /** What is to become of each record: empty where it is to be delivered, else its reason. */
  Map<Integer, Optional<Reason>> expected() {
    return expected;
  }

  /** A line with what applications log: records of all kinds, broken ones, and chatter. */
  String next() {
    return switch (random.nextInt(12)) {
      case 0, 1, 2 -> "INFO " + marker + " " + good() + "\n";
      case 3 -> marker + ": " + derived();
      case 4 -> "{\"level\":\"INFO\",\"message\":\"" + escape(marker + " " + good()) + "\"}";
      case 5 -> marker + " [" + good() + ", " + derived() + "] and " + marker + " " + good();
      case 6 -> marker + " " + bad(Reason.MISSING_FIELD, "\"customerId\":\"c\",\"meterValue\":1");
      case 7 ->
          marker
              + " "
              + bad(
                  Reason.WRONG_TYPE,
                  "\"meterApiName\":\"m\",\"customerId\":\"c\",\"meterValue\":\"1\"");
      case 8 ->
          marker
              + " "
              + bad(Reason.MALFORMED_JSON, "\"meterApiName\":\"m\",\"meterValue\":01")
              + " then "
              + marker
              + " "
              + good();
      case 9 -> marker + " " + truncated();
      case 10 -> "handled " + marker + "_not in " + random.nextInt(90) + " ms";
      default -> marker + " {\"level\":" + bad(Reason.MALFORMED_JSON, "\"a\":}") + "";
    };
  }

  private String good() {
    int own = next(Optional.empty());
    return "{\"serial\":%d,\"meterApiName\":\"m\",\"customerId\":\"c%d\",\"meterValue\":%d.50,\"meterTimeInMillis\":%d,\"uniqueId\":\"u%d\"}"
        .formatted(own, random.nextInt(5), random.nextInt(9), 1 + random.nextInt(1_000_000), own);
  }

  private String derived() {
    int own = next(Optional.empty());
    return "{\"serial\":%d, \"values\":{\"a\":1,\"b\":2e3}, \"customerId\":\"é\",\"dimensions\":{\"code\":%d}}"
        .formatted(own, 200 + random.nextInt(9));
  }

  private String bad(Reason reason, String members) {
    return "{\"serial\":%d,%s}".formatted(next(Optional.of(reason)), members);
  }

  private String truncated() {
    return "{\"serial\":%d,\"meterApiName\":\"cut off he"
        .formatted(next(Optional.of(Reason.TRUNCATED)));
  }

  private int next(Optional<Reason> reason) {
    expected.put(serial, reason);
    return serial++;
  }

  private static String escape(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"");
  }

  /** The serials in a text, in their order. */
  static List<Integer> serials(String text) {
    List<Integer> serials = new ArrayList<>();
    var matcher = java.util.regex.Pattern.compile("\\\\?\"serial\\\\?\":(\\d+)").matcher(text);
    while (matcher.find()) {
      serials.add(Integer.valueOf(matcher.group(1)));
    }
    return serials;
  }
}
