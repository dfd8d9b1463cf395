package io.meterline.lambda.simulation;

import io.meterline.core.Batch;
import io.meterline.core.BatchId;
import io.meterline.core.MeterSink;
import io.meterline.core.PartLimits;
import io.meterline.core.RecordBuffer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Kinesis events as the faults that are built in mistreat them. */
final class Events {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private Events() {}

  /** The event without what follows its first control message. */
  static byte[] upToControlMessage(byte[] event) throws IOException {
    ObjectNode json = (ObjectNode) JSON.readTree(event);
    ArrayNode kept = JSON.createArrayNode();
    for (JsonNode record : json.get("Records")) {
      if (isControlMessage(record.get("kinesis").get("data").asString())) {
        break;
      }
      kept.add(record);
    }
    json.set("Records", kept);
    return JSON.writeValueAsBytes(json);
  }

  private static boolean isControlMessage(String data) throws IOException {
    byte[] bytes = Base64.getDecoder().decode(data);
    if (bytes[0] != 0x1F) {
      return false;
    }
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).contains("CONTROL_MESSAGE");
    }
  }

  /** Puts an object with nothing in it, named after the event. */
  static void putEmptyArray(MeterSink sink, byte[] event) throws IOException {
    RecordBuffer nothing = new RecordBuffer();
    nothing.end();
    String word = Integer.toHexString(new String(event, StandardCharsets.UTF_8).hashCode());
    sink.deliver(new Batch(new BatchId(word, "", "", "", 0), 0, nothing, PartLimits.NONE));
  }
}
