package io.meterline.local;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the tests start from: a world, a stream, a function that answers as it is told. */
final class Cloud {
  static final Instant START = Instant.parse("2026-11-22T23:50:00Z");
  static final JsonMapper JSON = JsonMapper.builder().build();

  final TraceText trace = new TraceText();
  final World world;
  final List<byte[]> events = new ArrayList<>();
  final List<FailedInvocation> failed = new ArrayList<>();
  LambdaFunction function = invocation -> new byte[0];

  Cloud(Map<Fault, Double> chances) {
    this(1, chances);
  }

  Cloud(long seed, Map<Fault, Double> chances) {
    world = World.seeded(seed, START, chances, trace);
  }

  static Cloud quiet() {
    return new Cloud(Map.of());
  }

  DataStream stream(StreamSettings settings) {
    return new DataStream("meters", settings, world);
  }

  DataStream stream() {
    return stream(StreamSettings.defaults());
  }

  LogGroup group(LogGroupSettings settings) {
    return new LogGroup("/app", settings, world);
  }

  EventSourceMapping map(DataStream stream, EventSourceMappingSettings settings) {
    return new EventSourceMapping(settings, stream, this::invoke, "agent", failed::add, world);
  }

  AsyncInvocation async(AsyncSettings settings) {
    return new AsyncInvocation(this::invoke, "agent", settings, failed::add, world);
  }

  private byte[] invoke(Invocation invocation) throws FunctionException {
    events.add(invocation.event());
    return function.invoke(invocation);
  }

  void advance(Duration duration) {
    world.timeline().advance(duration);
  }

  /** The data of each record of each invocation, as text. */
  List<List<String>> batches() {
    return events.stream().map(event -> data(event).stream().map(Cloud::text).toList()).toList();
  }

  static void put(DataStream stream, String... data) {
    Arrays.stream(data)
        .forEach(one -> stream.putRecord("key", one.getBytes(StandardCharsets.UTF_8)));
  }

  static FunctionException error() {
    return new FunctionException("Unhandled", "it fails", null);
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  static JsonNode json(byte[] bytes) {
    return JSON.readTree(bytes);
  }

  static List<byte[]> data(byte[] event) {
    List<byte[]> data = new ArrayList<>();
    for (JsonNode record : json(event).get("Records")) {
      data.add(Base64.getDecoder().decode(record.at("/kinesis/data").asString()));
    }
    return data;
  }

  static List<String> sequences(byte[] event) {
    List<String> sequences = new ArrayList<>();
    for (JsonNode record : json(event).get("Records")) {
      sequences.add(record.at("/kinesis/sequenceNumber").asString());
    }
    return sequences;
  }

  static JsonNode gunzip(byte[] payload) {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(payload))) {
      return json(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<StreamRecord> records(DataStream stream) {
    return stream.shards().stream()
        .flatMap(shard -> shard.after(shard.trimHorizon()).stream())
        .toList();
  }
}
