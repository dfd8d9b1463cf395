package io.meterline.benchmarks.extraction;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** That all find the same records in the event: who finds less is quick for nothing. */
final class SameRecords {
  private final JsonMapper mapper = JsonMapper.builder().build();

  /** How many records all of them find. */
  int check(byte[] event) throws IOException {
    JsonNode ours = records("meterline", event);
    if (ours.isEmpty()) {
      throw new IOException("no event of a Kinesis stream with a meter record in it");
    }
    for (String other : new String[] {"jackson-trees", "jackson-streaming"}) {
      JsonNode theirs = records(other, event);
      if (ours.size() != theirs.size()) {
        throw new IOException(
            "meterline finds %d records, %s %d".formatted(ours.size(), other, theirs.size()));
      }
      for (int i = 0; i < ours.size(); i++) {
        same(i, ours.get(i), other, theirs.get(i));
      }
    }
    return ours.size();
  }

  private JsonNode records(String name, byte[] event) throws IOException {
    ByteBuffer body = Contender.named(name).run(event).body();
    return mapper.readTree(body.array(), body.arrayOffset() + body.position(), body.remaining());
  }

  /** Ours may have more members: those that completion adds. */
  private static void same(int index, JsonNode ours, String other, JsonNode theirs)
      throws IOException {
    for (Map.Entry<String, JsonNode> member : theirs.properties()) {
      if (!member.getValue().equals(ours.get(member.getKey()))) {
        throw new IOException(
            "record %d: meterline has %s, %s %s".formatted(index, ours, other, theirs));
      }
    }
  }
}
