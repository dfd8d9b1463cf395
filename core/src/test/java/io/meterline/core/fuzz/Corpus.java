package io.meterline.core.fuzz;

import static io.meterline.samples.Bytes.joined;
import static io.meterline.samples.Bytes.utf8;

import io.meterline.samples.Aggregates;
import io.meterline.samples.Gzip;
import io.meterline.samples.JsonStrings;
import io.meterline.samples.LambdaEvents;
import io.meterline.samples.Lines;
import io.meterline.samples.Payload;
import java.util.ArrayList;
import java.util.List;

/** Valid inputs of every form, from which the mutated ones are made. */
final class Corpus {
  private static final List<String> RECORDS =
      List.of(
          Lines.record("u-1"),
          "{\"meterApiName\":\"gb\", \"customerId\":\"c1\", \"meterValue\":1.10}",
          "{\"customerId\":\"c\",\"values\":{\"a\":1E3,\"b\":-0.5},\"dimensions\":{\"code\":200,\"ok\":true,\"none\":null,\"p\":\"/a\"}}",
          "{\n  \"meterApiName\" : \"m\\u00e9\\ud83d\\ude00é😀\",\n  \"customerId\" : \"c\\\"\\\\\",\n  \"meterValue\" : 1e308,\n  \"uniqueId\" : \"\",\n  \"more\" : [ 1, { \"x\" : [ ] } ]\n}",
          "[" + Lines.record("a") + ", 7, {\"meterApiName\":\"m\"}]",
          "{\"meterApiName\":\"m\",\"customerId\":\"c\",\"meterValue\":1,\"meterTimeInMillis\":253402300799999,\"uniqueId\":null}");

  private static final List<String> MESSAGES = messages();

  private Corpus() {}

  private static List<String> messages() {
    List<String> messages = new ArrayList<>();
    for (String record : RECORDS) {
      messages.add(Lines.bare(record));
      messages.add(Lines.node(record) + " and text behind");
      messages.add(Lines.lambdaJson(record));
      messages.add(Lines.asMember(record));
      messages.add("{\"log\":" + JsonStrings.quoted(Lines.lambdaJson(record)) + "}");
      messages.add(
          "{\"a\":"
              + JsonStrings.quoted("{\"log\":" + JsonStrings.quoted(Lines.lambdaJson(record)) + "}")
              + "}");
      messages.add("meter_record_for_cw => " + record + Lines.python(record));
    }
    messages.add("meter_record_for_stream_v2 {\"meterApiName\":\"m\"}");
    messages.add("all good");
    return messages;
  }

  /** Inputs of one form. */
  static List<byte[]> of(Form form) {
    return switch (form) {
      case MESSAGE -> MESSAGES.stream().map(io.meterline.samples.Bytes::utf8).toList();
      case COMPRESSED -> documents();
      case PAYLOAD -> payloads();
      case EVENT -> events();
      case LINES -> lines();
    };
  }

  private static List<byte[]> documents() {
    List<byte[]> documents = new ArrayList<>();
    for (int i = 0; i + 3 < MESSAGES.size(); i += 3) {
      documents.add(Payload.of(MESSAGES.subList(i, i + 3)).bytes());
    }
    documents.add(joined(documents.get(0), utf8("\n"), documents.get(1)));
    documents.add(Payload.control().bytes());
    documents.add(
        utf8(
            "{\"logEvents\":[{\"message\":\"%s\",\"timestamp\":7,\"id\":12}],\"owner\":\"o\"}"
                .formatted(JsonStrings.unicodeEscaped(MESSAGES.get(0)))));
    return documents;
  }

  private static List<byte[]> payloads() {
    List<byte[]> payloads = new ArrayList<>(documents());
    List<byte[]> members = documents().stream().map(Gzip::member).toList();
    payloads.addAll(members);
    payloads.add(joined(members.get(0), members.get(1), members.get(2)));
    payloads.add(Aggregates.of(members.get(0), members.get(1)));
    payloads.add(Aggregates.of(documents().get(0), members.get(1)));
    payloads.add(Gzip.zeros(40_000));
    return payloads;
  }

  private static List<byte[]> events() {
    List<byte[]> events = new ArrayList<>();
    List<byte[]> payloads = payloads();
    for (int i = 0; i + 1 < payloads.size(); i++) {
      events.add(utf8(LambdaEvents.kinesis(payloads.get(i), payloads.get(i + 1))));
    }
    events.add(utf8(LambdaEvents.direct(payloads.get(0))));
    events.add(payloads.get(0));
    return events;
  }

  private static List<byte[]> lines() {
    List<byte[]> files = new ArrayList<>();
    for (int i = 0; i + 4 < MESSAGES.size(); i += 4) {
      files.add(utf8(String.join("\n", MESSAGES.subList(i, i + 4)) + "\n"));
    }
    files.add(Gzip.member(files.get(0)));
    return files;
  }
}
