package io.meterline.lambda.simulation;

import io.meterline.core.PartLimits;
import io.meterline.core.Reason;
import io.meterline.core.json.JsonCursor;
import io.meterline.local.StoredLogEvent;
import io.meterline.local.Subscription;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Double entry: what was logged on one side; what was delivered, quarantined and given up to the
 * on-failure destination on the other.
 */
final class ExpectedRecords {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final MemoryS3 s3;
  private final Set<Integer> logged = new HashSet<>();
  private final Map<Integer, Optional<Reason>> expected = new HashMap<>();
  private final Set<Integer> excused = new HashSet<>();
  private final Set<String> unreadable = new HashSet<>();
  private final Set<Integer> givenUp = new HashSet<>();
  private final Set<String> givenUpPayloads = new HashSet<>();
  private final Map<String, Map<PartLimits, List<Set<String>>>> objectsOfEvent =
      new LinkedHashMap<>();
  private final Map<Integer, Set<String>> delivered = new HashMap<>();
  private final Map<Integer, Set<String>> quarantined = new HashMap<>();
  private final Map<Integer, String> reasons = new HashMap<>();
  private final Set<String> quarantinedPayloads = new HashSet<>();
  private final List<String> mistakes = new ArrayList<>();

  ExpectedRecords(MemoryS3 s3) {
    this.s3 = s3;
  }

  void logged(List<StoredLogEvent> events) {
    events.forEach(event -> logged.addAll(Lines.serials(event.message())));
  }

  /** What was logged and the subscription did not leave out is to be accounted for. */
  void expect(Lines lines, Subscription subscription) {
    expected.putAll(lines.expected());
    subscription.skipped().forEach(event -> excused.addAll(Lines.serials(event.message())));
    subscription.dropped().forEach(event -> excused.addAll(Lines.serials(event.message())));
  }

  void expectUnreadable(byte[] payload) {
    unreadable.add(Base64.getEncoder().encodeToString(payload));
  }

  void gaveUp(byte[] event) {
    for (String data : payloads(event)) {
      givenUpPayloads.add(data);
      givenUp.addAll(Lines.serials(opened(data)));
    }
  }

  void invoked(byte[] event, PartLimits body, Set<String> objects) {
    objectsOfEvent
        .computeIfAbsent(new String(event, StandardCharsets.UTF_8), e -> new HashMap<>())
        .computeIfAbsent(body, b -> new ArrayList<>())
        .add(objects);
  }

  long recordsDelivered() {
    return delivered.size();
  }

  List<String> mistakes() {
    s3.objects().forEach(this::enter);
    for (int serial : logged) {
      if (!excused.contains(serial) && !givenUp.contains(serial)) {
        settle(serial, expected.getOrDefault(serial, Optional.empty()));
      }
    }
    for (String payload : unreadable) {
      if (!quarantinedPayloads.contains(payload) && !givenUpPayloads.contains(payload)) {
        mistakes.add("an unreadable payload is neither quarantined nor given up");
      }
    }
    quarantined.forEach(
        (serial, entries) -> {
          if (entries.size() > 1) {
            mistakes.add(
                "record %d is in quarantine in %d forms".formatted(serial, entries.size()));
          }
        });
    delivered.forEach(
        (serial, texts) -> {
          if (texts.size() > 1) {
            mistakes.add("record %d was delivered in %d forms".formatted(serial, texts.size()));
          }
          if (quarantined.containsKey(serial)) {
            mistakes.add("record %d is delivered and quarantined".formatted(serial));
          }
        });
    objectsOfEvent.values().forEach(tries -> tries.values().forEach(this::sameObjects));
    objectsOfEvent.forEach(this::itsOwnRecords);
    if (s3.overwrites() > 0) {
      mistakes.add(s3.overwrites() + " objects were overwritten");
    }
    return mistakes;
  }

  private void settle(int serial, Optional<Reason> reason) {
    boolean right =
        reason
            .map(word -> word.word().equals(reasons.get(serial)))
            .orElseGet(() -> delivered.containsKey(serial));
    if (!right) {
      mistakes.add(
          "record %d: expected %s, but it is %s"
              .formatted(
                  serial,
                  reason.map(Reason::word).orElse("delivered"),
                  delivered.containsKey(serial)
                      ? "delivered"
                      : reasons.getOrDefault(serial, "nowhere")));
    }
  }

  /** The same event, however often it comes, makes the same objects while no bound is changed. */
  private void sameObjects(List<Set<String>> tries) {
    Set<String> all = new HashSet<>();
    tries.forEach(all::addAll);
    int most = tries.stream().mapToInt(Set::size).max().orElse(0);
    if (all.size() > most) {
      mistakes.add("an event that came again made other objects: " + all);
    }
  }

  /** An object holds records of the event it was made of and no others, in their order. */
  private void itsOwnRecords(String event, Map<PartLimits, List<Set<String>>> tries) {
    List<Integer> order = new ArrayList<>();
    payloads(event.getBytes(StandardCharsets.UTF_8))
        .forEach(data -> order.addAll(Lines.serials(opened(data))));
    Set<String> objects = new HashSet<>();
    tries.values().forEach(same -> same.forEach(objects::addAll));
    for (String path : objects) {
      if (path.startsWith(Scenario.INGEST)) {
        String body = new String(s3.objects().get(path), StandardCharsets.UTF_8);
        int at = 0;
        for (int serial : Lines.serials(body)) {
          while (at < order.size() && order.get(at) != serial) {
            at++;
          }
          at++;
        }
        if (at > order.size()) {
          mistakes.add("an object holds records in another order, or of another event: " + path);
        }
      }
    }
  }

  private void enter(String path, byte[] body) {
    if (path.startsWith(Scenario.INGEST)) {
      if (!path.matches("[a-z-]+/ingest/records/\\d{4}-\\d\\d-\\d\\d/[0-9a-f]{40}\\.json")) {
        mistakes.add("an object has another name: " + path);
      }
      enterRecords(path, body);
    } else {
      new String(body, StandardCharsets.UTF_8).lines().forEach(this::enterEntry);
    }
  }

  private void enterRecords(String path, byte[] body) {
    JsonCursor in = JsonCursor.strict();
    in.reset(body, 0, body.length);
    in.pass();
    if (body[0] != '[' || in.peek() == ']') {
      mistakes.add("an object is no array of records: " + path);
      return;
    }
    int last = -1;
    do {
      int from = in.at();
      if (!in.value(64)) {
        mistakes.add("an object is broken: " + path);
        return;
      }
      String text = new String(Arrays.copyOfRange(body, from, in.at()), StandardCharsets.UTF_8);
      int serial = Lines.serials(text).getFirst();
      delivered.computeIfAbsent(serial, s -> new HashSet<>()).add(text);
      last = serial;
    } while (in.more(']'));
    if (last < 0) {
      mistakes.add("an object is empty: " + path);
    }
  }

  private void enterEntry(String line) {
    JsonNode entry = JSON.readTree(line);
    if (entry.has("payload")) {
      quarantinedPayloads.add(entry.get("payload").asString());
      return;
    }
    // A line may hold good records beside the bad one: only those that are to be refused count.
    for (int serial : Lines.serials(entry.get("message").asString())) {
      Optional<Reason> reason = expected.getOrDefault(serial, Optional.empty());
      String word = entry.get("reason").asString();
      if (reason.isPresent() && reason.get().word().equals(word)) {
        quarantined.computeIfAbsent(serial, s -> new HashSet<>()).add(line);
        reasons.put(serial, word);
      }
    }
  }

  private static Collection<String> payloads(byte[] event) {
    JsonNode json = JSON.readTree(event);
    if (json.has("awslogs")) {
      return List.of(json.get("awslogs").get("data").asString());
    }
    List<String> payloads = new ArrayList<>();
    json.get("Records").forEach(r -> payloads.add(r.get("kinesis").get("data").asString()));
    return payloads;
  }

  /** A payload's text; empty where it can't be opened. */
  private static String opened(String data) {
    try (GZIPInputStream in =
        new GZIPInputStream(new ByteArrayInputStream(Base64.getDecoder().decode(data)))) {
      StringBuilder messages = new StringBuilder();
      JSON.readTree(in.readAllBytes())
          .get("logEvents")
          .forEach(event -> messages.append(event.get("message").asString()).append('\n'));
      return messages.toString();
    } catch (IOException e) {
      if (e instanceof java.util.zip.ZipException) {
        return "";
      }
      throw new UncheckedIOException(e);
    }
  }
}
