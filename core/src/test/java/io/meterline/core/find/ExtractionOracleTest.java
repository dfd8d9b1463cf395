package io.meterline.core.find;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.core.json.JsonOracle;
import io.meterline.core.json.JsonOracle.Node;
import io.meterline.core.json.JsonTexts;
import io.meterline.core.record.RecordOracle;
import io.meterline.core.record.RecordOracle.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Records come out, or are refused, as rules written down a second time on a tree say. */
final class ExtractionOracleTest {
  @Property(tries = 20_000)
  void aRecordIsJudgedAsTheOracleJudgesIt(@ForAll long seed) {
    check(new JsonTexts(seed).record());
  }

  @Property(tries = 20_000)
  void aFaultyRecordIsJudgedAsTheOracleJudgesIt(@ForAll long seed) {
    JsonTexts texts = new JsonTexts(seed);
    check(texts.faulty(texts.record()));
  }

  @Property(tries = 5_000)
  void elementsOfAnArrayAreJudgedAsTheOracleJudgesThem(@ForAll long seed) {
    JsonTexts texts = new JsonTexts(seed);
    check("[" + texts.record() + " ," + texts.value(2) + ",\n" + texts.record() + "]");
  }

  private static void check(String json) {
    Optional<Node> tree = JsonOracle.read(json);
    boolean whole = tree.isPresent() && (json.startsWith("{") || json.startsWith("["));
    Harvest harvest = Harvest.ofMessage("meter_record_for_stream " + json);
    if (!whole) {
      // Where the oracle finds no value, it can't tell where another one starts after the fault.
      checkNothingButRefused(json, harvest);
      return;
    }
    List<Node> out = new ArrayList<>();
    List<String> reasons = new ArrayList<>();
    for (Node element : elements(tree.get())) {
      switch (RecordOracle.judge(element, out.size() + reasons.size())) {
        case Verdict.Out(Node.ObjectNode record) -> out.add(record);
        case Verdict.No(io.meterline.core.Reason reason) -> reasons.add(reason.word());
      }
    }
    assertThat(harvest.reasons()).as(json).isEqualTo(reasons);
    assertThat(harvest.records().stream().map(r -> JsonOracle.read(r).orElseThrow()).toList())
        .as(json)
        .isEqualTo(out);
  }

  private static List<Node> elements(Node value) {
    return value instanceof Node.ArrayNode(List<Node> elements) ? elements : List.of(value);
  }

  /** Free text may be around a record that is whole; else the first thing met is a refusal. */
  private static void checkNothingButRefused(String json, Harvest harvest) {
    String start = json.replaceFirst("^[-:=>,\"\\\\ \t\r\n]+", "");
    boolean anyStart =
        IntStream.rangeClosed(1, start.length())
            .filter(end -> "]}".indexOf(start.charAt(end - 1)) >= 0)
            .anyMatch(end -> JsonOracle.read(start.substring(0, end)).isPresent());
    if (!anyStart) {
      assertThat(harvest.records()).as(json).isEmpty();
      assertThat(harvest.refused()).as(json).hasSizeGreaterThanOrEqualTo(1);
    } else if (harvest.records().isEmpty() && !start.startsWith("[")) {
      assertThat(harvest.refused()).as(json).hasSizeGreaterThanOrEqualTo(1);
    }
  }
}
