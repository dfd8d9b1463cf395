package io.meterline.benchmarks.extraction;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** An agent that builds no trees: tokens are read, and copied to the body. It checks nothing. */
final class JacksonStreaming implements Contender {
  private final JsonFactory factory = new JsonFactory();

  @Override
  public Outcome run(byte[] event) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream(2 * event.length);
    int count = 0;
    try (JsonGenerator out = factory.createGenerator(ObjectWriteContext.empty(), body);
        JsonParser in = factory.createParser(ObjectReadContext.empty(), event)) {
      out.writeStartArray();
      for (JsonToken token = in.nextToken(); token != null; token = in.nextToken()) {
        if (token == JsonToken.PROPERTY_NAME && in.currentName().equals("data")) {
          in.nextToken();
          count += payload(Base64.getDecoder().decode(in.getString()), out);
        }
      }
      out.writeEndArray();
    }
    return new Outcome(count, body.toByteArray());
  }

  private int payload(byte[] data, JsonGenerator out) throws IOException {
    int count = 0;
    byte[] payload = JacksonTrees.gunzip(data);
    try (JsonParser in = factory.createParser(ObjectReadContext.empty(), payload)) {
      for (JsonToken token = in.nextToken(); token != null; token = in.nextToken()) {
        if (token == JsonToken.PROPERTY_NAME && in.currentName().equals("message")) {
          in.nextToken();
          count += message(in.getString(), out);
        }
      }
    }
    return count;
  }

  private int message(String message, JsonGenerator out) {
    int at = message.indexOf(JacksonTrees.MARKER);
    if (at < 0) {
      return 0;
    }
    String json = JacksonTrees.json(message, at + JacksonTrees.MARKER.length());
    try (JsonParser in = factory.createParser(ObjectReadContext.empty(), json)) {
      in.nextToken();
      out.copyCurrentStructure(in);
    }
    return 1;
  }
}
