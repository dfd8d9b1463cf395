package io.meterline.lambda;

import io.meterline.core.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/** One line of metrics in the embedded metric format. */
final class Emf {
  private final String namespace;
  private final long timestamp;
  private final List<String> dimensions = new ArrayList<>();
  private final StringJoiner definitions = new StringJoiner(",", "[", "]");
  private final List<Member> members = new ArrayList<>();

  Emf(String namespace, long epochMillis) {
    this.namespace = namespace;
    this.timestamp = epochMillis;
  }

  Emf dimension(String name, String value) {
    dimensions.add(name);
    return property(name, value);
  }

  Emf metric(String name, String unit, long value) {
    definitions.add("{\"Name\":\"%s\",\"Unit\":\"%s\"}".formatted(name, unit));
    members.add(new Member(name, Long.toString(value), true));
    return this;
  }

  Emf property(String name, String value) {
    members.add(new Member(name, value, false));
    return this;
  }

  @Override
  public String toString() {
    String set = "[[\"" + String.join("\",\"", dimensions) + "\"]]";
    String directive =
        "{\"Timestamp\":%d,\"CloudWatchMetrics\":[{\"Namespace\":\"%s\",\"Dimensions\":%s,\"Metrics\":%s}]}"
            .formatted(timestamp, namespace, set, definitions);
    JsonText line = new JsonText().literal("_aws", directive);
    for (Member member : members) {
      if (member.number()) {
        line.literal(member.name(), member.value());
      } else {
        line.member(member.name(), member.value());
      }
    }
    return new String(line.end(), StandardCharsets.UTF_8);
  }

  private record Member(String name, String value, boolean number) {}
}
