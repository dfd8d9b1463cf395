package io.meterline.benchmarks.extraction;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/** The agent as it is usually written in Java. It checks nothing. */
final class JacksonTrees implements Contender {
  static final String MARKER = "meter_record_for_stream";

  private final JsonMapper mapper = JsonMapper.builder().build();

  @Override
  public Outcome run(byte[] event) throws IOException {
    ArrayNode records = mapper.createArrayNode();
    for (JsonNode record : mapper.readTree(event).get("Records")) {
      byte[] data = Base64.getDecoder().decode(record.get("kinesis").get("data").stringValue());
      JsonNode payload = mapper.readTree(gunzip(data));
      if (payload.get("messageType").stringValue().equals("CONTROL_MESSAGE")) {
        continue;
      }
      for (JsonNode logEvent : payload.get("logEvents")) {
        String message = logEvent.get("message").stringValue();
        int at = message.indexOf(MARKER);
        if (at >= 0) {
          records.add(mapper.readTree(json(message, at + MARKER.length())));
        }
      }
    }
    return new Outcome(records.size(), mapper.writeValueAsBytes(records));
  }

  static byte[] gunzip(byte[] data) throws IOException {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(data))) {
      return in.readAllBytes();
    }
  }

  /** The record after the marker, which in Lambda's JSON format is escaped once more. */
  static String json(String message, int from) {
    String json = message.substring(from + 1);
    if (!message.startsWith("{")) {
      return json;
    }
    String escaped = json.substring(0, json.lastIndexOf('"'));
    return escaped.replace("\\\"", "\"").replace("\\\\", "\\");
  }
}
