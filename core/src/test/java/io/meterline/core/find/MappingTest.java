package io.meterline.core.find;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.core.Limits;
import io.meterline.core.event.PayloadReader;
import io.meterline.core.record.DerivedIds;
import io.meterline.core.record.LogEvent;
import io.meterline.core.rule.Mapping;
import io.meterline.core.rule.RuleOutput;
import io.meterline.core.rule.RulePlace;
import io.meterline.samples.Bytes;
import io.meterline.samples.Payload;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MappingTest {
  private static final RulePlace FIRST = RulePlace.of("first", 0, 0);
  private static final RulePlace SECOND = RulePlace.of("second", 1, 0);
  private static final String BARE =
      "{\"meterApiName\":\"m\",\"customerId\":\"c\",\"meterValue\":1}";
  private static final String MARKED = "meter_record_for_stream " + BARE;

  @Test
  void whatARuleMakesIsCompletedAsARecordBehindAMarkerIs() {
    assertThat(ofMessage("GET /", making(FIRST, BARE)).records())
        .containsExactly(completed(DerivedIds.of(Harvest.ORIGIN, Harvest.EVENT_ID, "r0.0")));
  }

  @Test
  void anEventWithAMarkerAndARuleGivesBothAndTheMarkersIdIsAsWithoutTheRule() {
    List<String> without = Harvest.ofMessage(MARKED).records();
    assertThat(ofMessage(MARKED, making(FIRST, BARE)).records())
        .containsExactly(
            without.getFirst(), completed(DerivedIds.of(Harvest.ORIGIN, Harvest.EVENT_ID, "r0.0")));
  }

  @Test
  void aLaterRuleChangesNoIdOfAnEarlierOne() {
    Mapping both =
        () ->
            (event, out) -> {
              hand(FIRST, BARE, out);
              hand(SECOND, BARE, out);
            };
    List<String> ofBoth = ofMessage("x", both).records();
    assertThat(ofBoth).hasSize(2).doesNotHaveDuplicates();
    assertThat(ofBoth.getFirst())
        .isEqualTo(ofMessage("x", making(FIRST, BARE)).records().getFirst());
  }

  @Test
  void eachElementOfAListHasAPlaceOfItsOwn() {
    assertThat(RulePlace.of("x", 3, 1).element(7).position()).isEqualTo("r3.1.7");
  }

  @Test
  void theRulesOfRecordsHoldForThoseOfRules() {
    Harvest blank = ofMessage("x", making(FIRST, BARE.replace("\"c\"", "\" \"")));
    assertThat(blank.reasons()).containsExactly("missing-field");
    assertThat(blank.details()).containsExactly("rule 'first': customerId is blank");
    assertThat(blank.messages()).containsExactly("x");
    String long1 = BARE.replace("\"c\"", "\"" + "c".repeat(300_000) + "\"");
    assertThat(ofMessage("x", making(FIRST, long1)).reasons()).containsExactly("too-large");
    assertThat(ofMessage("x", making(FIRST, BARE.replace("1}", "\"1\"}"))).reasons())
        .containsExactly("wrong-type");
  }

  @Test
  void aRuleThatFailsQuarantinesItsEventAndNotItsNeighbours() {
    Mapping mapping =
        () ->
            (event, out) -> {
              out.unmapped(FIRST, "meterValue: line.bytes: there is no bytes");
              hand(SECOND, BARE, out);
            };
    Harvest harvest = ofMessage("x", mapping);
    assertThat(harvest.reasons()).containsExactly("unmapped");
    assertThat(harvest.details())
        .containsExactly("rule 'first': meterValue: line.bytes: there is no bytes");
    assertThat(harvest.records()).hasSize(1);
  }

  @Test
  void whatARuleMakesBeyondItsBoundsIsTakenBackAndTheNextRuleIsUnaffected() {
    Mapping mapping =
        () ->
            (event, out) -> {
              int taken = 0;
              hand(SECOND, BARE, out);
              out.endRule();
              while (hand(FIRST.element(taken), BARE, out)) {
                taken++;
              }
              assertThat(taken).isEqualTo(10_000);
              assertThat(out.unmapped(FIRST, "later")).isFalse();
              out.endRule();
              hand(SECOND, BARE, out);
            };
    Harvest harvest = ofMessage("x", mapping);
    assertThat(harvest.reasons()).containsExactly("too-large");
    assertThat(harvest.details())
        .containsExactly("rule 'first': it makes more than 10000 records of this event");
    assertThat(harvest.records()).hasSize(2);
  }

  @Test
  void theBytesThatARuleMakesAreBoundedBeforeTheyAreWritten() {
    String large = BARE.replace("\"c\"", "\"" + "c".repeat(200_000) + "\"");
    Mapping mapping =
        () ->
            (event, out) -> {
              for (int i = 0; i < 1_000; i++) {
                hand(FIRST.element(i), large, out);
              }
            };
    Findings out = new Findings();
    extract("x", mapping, out);
    assertThat(out.entries()).hasSize(1);
    assertThat(out.records().isEmpty()).isTrue();
    assertThat(out.records().bytes()).hasSizeLessThan(16 * 1024 * 1024);
  }

  @Test
  void allRulesTogetherAreBoundedAndTheFirstKeepTheirRecords() {
    Mapping mapping =
        () ->
            (event, out) -> {
              for (int rule = 0; rule < 6; rule++) {
                RulePlace place = RulePlace.of("rule " + rule, rule, 0);
                for (int i = 0; i < 9_000; i++) {
                  hand(place.element(i), BARE, out);
                }
              }
            };
    Harvest harvest = ofMessage("x", mapping);
    assertThat(harvest.records()).hasSize(36_000);
    assertThat(harvest.details())
        .containsExactly(
            "rule 'rule 4': all rules together make more than 40000 records of this event",
            "rule 'rule 5': all rules together make more than 40000 records of this event");
  }

  @Test
  void entriesForQuarantineCountAsWell() {
    Mapping mapping =
        () ->
            (event, out) -> {
              for (int i = 0; i < 20_000; i++) {
                out.unmapped(FIRST.element(i), "no");
              }
            };
    Harvest harvest = ofMessage("x", mapping);
    assertThat(harvest.reasons()).containsExactly("too-large");
  }

  @Test
  void aRuleThatIsGivenUpLeavesOneEntry() {
    Mapping mapping =
        () ->
            (event, out) -> {
              hand(FIRST, BARE, out);
              out.unmapped(FIRST.element(1), "no");
              out.abandon(FIRST, "too many steps");
              hand(SECOND, BARE, out);
            };
    Harvest harvest = ofMessage("x", mapping);
    assertThat(harvest.details()).containsExactly("rule 'first': too many steps");
    assertThat(harvest.reasons()).containsExactly("unmapped");
    assertThat(harvest.records()).hasSize(1);
  }

  @Test
  void aLongMessageWithManyRefusalsIsKeptWholeOnce() {
    Mapping mapping =
        () ->
            (event, out) -> {
              out.unmapped(FIRST, "no");
              out.unmapped(SECOND, "no");
            };
    String message = "x".repeat(100_000);
    assertThat(ofMessage(message, mapping).messages())
        .containsExactly(message, message.substring(0, 256));
  }

  @Test
  void everyEventOfAPayloadIsShownEscapedOrNot() {
    List<String> seen = new ArrayList<>();
    Mapping listing =
        () -> (event, out) -> seen.add(new String(event.message(), StandardCharsets.UTF_8));
    byte[] payload = Payload.of("plain", "with \"quotes\" and \u20ac", MARKED).gzip();
    Extractor extractor = new Extractor(Markers.DEFAULT, Limits.DEFAULT, listing);
    try (PayloadReader reader = new PayloadReader(extractor, Limits.DEFAULT)) {
      InMemory.read(() -> reader.read(payload, 0, payload.length, "1", new Findings()));
    }
    assertThat(seen).containsExactly("plain", "with \"quotes\" and \u20ac", MARKED);
  }

  private static String completed(String id) {
    return BARE.replace("}", ",\"meterTimeInMillis\":%d,\"uniqueId\":\"%s\"}")
        .formatted(Harvest.TIME, id);
  }

  private static Mapping making(RulePlace place, String json) {
    return () -> (event, out) -> hand(place, json, out);
  }

  private static boolean hand(RulePlace place, String json, RuleOutput out) {
    byte[] bytes = Bytes.utf8(json);
    return out.record(place, bytes, 0, bytes.length);
  }

  private static Harvest ofMessage(String text, Mapping mapping) {
    Findings out = new Findings();
    extract(text, mapping, out);
    return Harvest.of(out);
  }

  private static void extract(String text, Mapping mapping, Findings out) {
    byte[] message = Bytes.utf8(text);
    byte[] id = Bytes.utf8(Harvest.EVENT_ID);
    LogEvent event = new LogEvent().from(Harvest.ORIGIN).plainMessage(message, 0, message.length);
    event.id(id, 0, id.length).timestamp(Harvest.TIME);
    Extractor extractor = new Extractor(Markers.DEFAULT, Limits.DEFAULT, mapping);
    InMemory.read(() -> extractor.extract(event, out));
  }
}
