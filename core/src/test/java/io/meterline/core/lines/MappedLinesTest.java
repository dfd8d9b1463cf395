package io.meterline.core.lines;

import static io.meterline.core.input.Samples.message;
import static io.meterline.core.input.Samples.record;
import static io.meterline.core.input.Samples.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.core.Limits;
import io.meterline.core.Origin;
import io.meterline.core.event.SmallReads;
import io.meterline.core.event.Source;
import io.meterline.core.event.Window;
import io.meterline.core.find.Extractor;
import io.meterline.core.find.Findings;
import io.meterline.core.find.Markers;
import io.meterline.core.input.Found;
import io.meterline.core.rule.Mapping;
import io.meterline.core.rule.RulePlace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Lines, with rules that are to see each. */
final class MappedLinesTest {
  private static final int LIMIT = 1_000;

  private final List<String> seen = new ArrayList<>();
  private final Mapping listing =
      () ->
          (event, out) -> {
            String message = new String(event.message(), StandardCharsets.UTF_8);
            seen.add(message);
            if (message.startsWith("GET")) {
              byte[] made = utf8(record(9));
              out.record(RulePlace.of("gets", 0, 0), made, 0, made.length);
            }
          };

  @BeforeEach
  void forget() {
    seen.clear();
  }

  @Test
  void rulesSeeEachLineMarkedOrNot() throws IOException {
    Found found = found("begin\n\r\n" + message(0) + "\nGET /\nend");
    assertThat(seen).containsExactly("begin", "", message(0), "GET /", "end");
    assertThat(found.records()).containsExactly(record(0), record(9));
    assertThat(found.counts()).isEqualTo("payloads=0 events=5 control=0");
  }

  @Test
  void aLastLineThatMayGrowIsKeptAsideAndReadAgain() throws IOException {
    Source growing = source("GET /\nGET /ha");
    growing.mayGrow();
    Found found = Found.in(growing);
    assertThat(found.records()).containsExactly(record(9));
    assertThat(found.reasons()).containsExactly("truncated");
    assertThat(growing.offset()).isEqualTo("GET /\n".length());
  }

  @Test
  void aLineAcrossWhichARecordGoesOnIsSeenOnceAndWhole() throws IOException {
    String pretty = message(1).replace("{", "{\n ");
    Found found = found("begin\n" + pretty + "\nend\n");
    assertThat(found.records()).containsExactly(record(1));
    assertThat(seen).containsExactly("begin", pretty, "end");
  }

  @Test
  void aLineThatIsTooLongIsKeptAsideSinceARuleMayHaveTakenIt() throws IOException {
    Found found = found("x".repeat(3 * LIMIT) + "\nGET /\n");
    assertThat(found.reasons()).containsExactly("too-large");
    assertThat(found.records()).containsExactly(record(9));
  }

  @Test
  void aCutInTheMiddleOfTheLastLineGivesTheSameRecordsOnceTheRestIsThere() throws IOException {
    String bad = " meter_record_for_stream {\"bad\":1} ";
    String pretty = message(2).replace("{", "{\n ");
    byte[] whole = utf8("begin\n" + message(1) + bad + pretty + "\nGET /\nend\n");
    Found all = Found.in(source(whole));
    List<String> expected = all.records();
    assertThat(expected).containsExactly(record(1), record(2), record(9));
    assertThat(all.reasons()).containsExactly("missing-field");
    for (int length = 0; length <= whole.length; length++) {
      Source cut = source(Arrays.copyOf(whole, length));
      List<String> records = new ArrayList<>();
      Findings out = new Findings();
      while (!cut.isAtUnfinishedEnd() && cut.next(out)) {
        // Reads up to what may be unfinished.
      }
      Found.take(out, records);
      Source again = source(whole);
      again.skip(cut.offset());
      Found rest = Found.in(again);
      records.addAll(rest.records());
      assertThat(records).as("cut at %d", length).isEqualTo(expected);
      assertThat(out.entries().size() + rest.reasons().size()).as("cut at %d", length).isEqualTo(1);
    }
  }

  private Found found(String log) throws IOException {
    return Found.in(source(log));
  }

  private Source source(String log) {
    return source(utf8(log));
  }

  private Source source(byte[] log) {
    Extractor extractor = new Extractor(Markers.DEFAULT, Limits.DEFAULT, listing);
    Window window = new Window(new SmallReads(log, 64), LIMIT);
    return new LineSource(window, extractor, new LineContext(Origin.UNKNOWN, "test", null));
  }
}
