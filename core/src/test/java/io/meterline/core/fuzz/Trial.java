package io.meterline.core.fuzz;

import io.meterline.core.Limits;
import io.meterline.core.Origin;
import io.meterline.core.Quarantined;
import io.meterline.core.Quarantined.BadRecord;
import io.meterline.core.Reason;
import io.meterline.core.event.PayloadReader;
import io.meterline.core.event.Source;
import io.meterline.core.find.Extractor;
import io.meterline.core.find.Findings;
import io.meterline.core.find.Harvest;
import io.meterline.core.find.InMemory;
import io.meterline.core.find.Markers;
import io.meterline.core.input.InputFormat;
import io.meterline.core.input.Sources;
import io.meterline.core.json.JsonOracle;
import io.meterline.core.lines.LineContext;
import io.meterline.core.record.LogEvent;
import io.meterline.samples.Bytes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads one input after the other and checks what must hold whatever the input is. */
final class Trial implements AutoCloseable {
  /** Small, so that inputs of a few kilobytes meet every bound. */
  private static final Limits LIMITS = new Limits(2 * 1024, 32 * 1024, 4 * 1024);

  private static final LineContext FILE = new LineContext(Origin.UNKNOWN, "/var/log/app.log", null);
  private static final Set<Reason> OF_RECEIVERS = Set.of(Reason.UNMAPPED, Reason.REFUSED);

  private static final Pattern MARKER =
      Pattern.compile("meter_record_for_(stream|cw)(?![A-Za-z0-9_])");

  /** An array without elements, plain or nested, is the one value in which nothing is found. */
  private static final Pattern EMPTY_ARRAY = Pattern.compile("\\[[\\s\\\\nrtuU0-9A-Da-d]*]");

  private final Extractor extractor = new Extractor(Markers.DEFAULT, LIMITS);
  private final PayloadReader payloads = new PayloadReader(extractor, LIMITS);
  private final Extractor again = new Extractor(Markers.DEFAULT, Limits.DEFAULT);
  private final Sources sources = new Sources(Markers.DEFAULT, LIMITS);

  /** Reads the input; throws an AssertionError where something does not hold. */
  void run(Form form, byte[] input, boolean twice) {
    Findings out = new Findings();
    switch (form) {
      case MESSAGE -> InMemory.read(() -> extractor.extract(event(input), out));
      case PAYLOAD, COMPRESSED ->
          InMemory.read(() -> payloads.read(input, 0, input.length, "1", out));
      case EVENT -> source(input, InputFormat.AUTO, out);
      case LINES -> source(input, InputFormat.LINES, out);
    }
    Harvest harvest = Harvest.of(out);
    check(out.recordsFound() == harvest.records().size(), "records are counted wrong");
    check(out.entriesFound() == out.entries().size(), "refusals are counted wrong");
    harvest.records().forEach(this::checkRecord);
    harvest.refused().forEach(Trial::checkRefused);
    switch (form) {
      case MESSAGE -> checkMarkers(Bytes.text(input), harvest);
      case PAYLOAD, COMPRESSED -> check(harvest.payloads() > 0, "the payload is not counted");
      case EVENT, LINES -> {}
    }
    if (twice) {
      checkFreshReadersAgree(form, input, harvest);
    }
  }

  private static LogEvent event(byte[] message) {
    byte[] id = Bytes.utf8(Harvest.EVENT_ID);
    return new LogEvent()
        .from(Harvest.ORIGIN)
        .plainMessage(message, 0, message.length)
        .id(id, 0, id.length)
        .timestamp(Harvest.TIME);
  }

  private void source(byte[] input, InputFormat form, Findings out) {
    try (Source source = sources.open(new ByteArrayInputStream(input), form, FILE)) {
      long steps = 0;
      while (source.next(out)) {
        check(++steps <= input.length + 1L, "more steps than bytes");
      }
    } catch (IOException e) {
      // A broken envelope ends the reading with a message; what was found before stays found.
      check(e.getMessage() != null && !e.getMessage().isBlank(), "an error without words");
    }
  }

  /** Each record that comes out is strict JSON, keeps the rules, and comes out of itself. */
  private void checkRecord(String record) {
    check(JsonOracle.read(record).isPresent(), "no strict JSON came out: " + record);
    Findings out = new Findings();
    LogEvent marked = event(Bytes.utf8("meter_record_for_stream " + record));
    InMemory.read(() -> again.extract(marked, out));
    check(out.entries().isEmpty(), "what came out does not keep the rules: " + record);
    check(
        Harvest.of(out).records().equals(List.of(record)),
        "what came out does not come out of itself: " + record);
  }

  private static void checkRefused(Quarantined entry) {
    check(JsonOracle.read(entry.toJson()).isPresent(), "an entry that is no JSON");
    check(!entry.detail().isBlank(), "an entry without a detail");
    check(!OF_RECEIVERS.contains(entry.reason()), "a reason that only receivers give");
  }

  private static void checkMarkers(String message, Harvest harvest) {
    Matcher markers = MARKER.matcher(message);
    int found = harvest.records().size() + harvest.refused().size();
    if (!markers.find()) {
      check(found == 0, "something was found without a marker");
    } else if (!EMPTY_ARRAY.matcher(message).find()) {
      check(found > 0, "a marked line is lost");
    }
    for (Quarantined entry : harvest.refused()) {
      check(Bytes.text(((BadRecord) entry).message()).equals(message), "not the message as logged");
    }
  }

  /** What readers keep from input to input changes nothing. */
  private static void checkFreshReadersAgree(Form form, byte[] input, Harvest harvest) {
    Harvest fresh =
        switch (form) {
          case MESSAGE -> Harvest.ofEvent(event(input), Markers.DEFAULT, LIMITS);
          case PAYLOAD, COMPRESSED -> Harvest.ofPayload(input, LIMITS);
          case EVENT, LINES -> harvest;
        };
    check(fresh.records().equals(harvest.records()), "a fresh reader gives other records");
    check(fresh.details().equals(harvest.details()), "a fresh reader refuses other things");
  }

  private static void check(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise);
    }
  }

  @Override
  public void close() {
    payloads.close();
  }
}
