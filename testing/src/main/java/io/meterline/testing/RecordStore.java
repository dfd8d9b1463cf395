package io.meterline.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.meterline.core.json.JsonCursor;
import io.meterline.core.json.JsonText;
import java.util.HashMap;
import java.util.Map;

/** The records that a fake receiver has, each once. */
final class RecordStore {
  private static final int MAX_DEPTH = 64;

  private final Map<String, String> records = new HashMap<>();

  /** What became of a record, as the receiver answers it. */
  record Answer(String status, String reason, String detail) {
    boolean isStored() {
      return status.equals("stored");
    }

    String json() {
      JsonText json = new JsonText().member("status", status);
      if (!reason.isEmpty()) {
        json.member("reason", reason).member("detail", detail);
      }
      return new String(json.end(), UTF_8);
    }
  }

  static Answer refused(String reason, String detail) {
    return new Answer("refused", reason, detail);
  }

  Answer store(IngestBody.Element element) {
    if (!element.fault().isEmpty()) {
      return refused(element.fault(), "it is not a JSON object");
    }
    Map<String, String> members = members(element.text());
    for (String name : new String[] {"customerId", "meterTimeInMillis"}) {
      if (members.getOrDefault(name, "\"\"").equals("\"\"")) {
        return refused("missing-field", name + " is missing");
      }
    }
    boolean isComplete = members.containsKey("meterApiName") && members.containsKey("meterValue");
    if (!isComplete && !members.containsKey("values")) {
      return refused("missing-field", "meterApiName or meterValue is missing");
    }
    String before = records.putIfAbsent(key(element.text(), members), element.text());
    if (before == null) {
      return new Answer("stored", "", "");
    }
    return before.equals(element.text())
        ? new Answer("duplicate", "", "")
        : new Answer("conflict", "different-content", "a record with other content is stored");
  }

  private static String key(String text, Map<String, String> members) {
    return members.containsKey("uniqueId")
        ? String.join(
            " ",
            members.getOrDefault("meterApiName", ""),
            members.getOrDefault("customerId", ""),
            members.getOrDefault("meterTimeInMillis", ""),
            members.getOrDefault("uniqueId", ""))
        : text;
  }

  /** The text of each value of a JSON object, by its name. */
  private static Map<String, String> members(String object) {
    byte[] bytes = object.getBytes(UTF_8);
    JsonCursor cursor = JsonCursor.strict();
    cursor.reset(bytes, 0, bytes.length);
    Map<String, String> members = new HashMap<>();
    for (boolean more = cursor.firstMember(); more; more = cursor.nextMember()) {
      String name = cursor.name();
      int from = cursor.at();
      cursor.value(MAX_DEPTH);
      members.put(name, new String(bytes, from, cursor.at() - from, UTF_8));
    }
    return members;
  }
}
