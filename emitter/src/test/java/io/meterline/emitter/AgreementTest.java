package io.meterline.emitter;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import tools.jackson.databind.json.JsonMapper;

/** The agent takes each line that the emitter writes, and takes it as it is. */
final class AgreementTest {
  private static final String MARKER = "meter_record_for_stream ";
  private static final JsonMapper MAPPER = new JsonMapper();

  private final Agent agent = new Agent();
  private final List<String> lines = new ArrayList<>();
  private final MeterLog meters = MeterLog.to(lines::add);

  @Property
  void theAgentTakesEachRecordByteForByteAndItSaysWhatWasRecorded(
      @ForAll("names") String meter,
      @ForAll("names") String customer,
      @ForAll("numbers") BigDecimal value,
      @ForAll("dimensions") Map<String, String> dimensions) {
    meters.record(meter, customer, value, dimensions);

    Json record = Json.of(takenAsItStands());
    assertThat(record.text("meterApiName")).isEqualTo(meter);
    assertThat(record.text("customerId")).isEqualTo(customer);
    assertThat(record.number("meterValue")).isEqualByComparingTo(value);
    assertThat(record.dimensions()).isEqualTo(new TreeMap<>(dimensions));
    assertThat(takenAsItStands()).contains(",\"meterValue\":" + value + ",");
  }

  @Property
  void theAgentTakesEachDoubleByteForByte(@ForAll double value, @ForAll long whole) {
    meters.record("m", "c", value);
    assertThat(Json.of(takenAsItStands()).node().get("meterValue").doubleValue()).isEqualTo(value);
    meters.record("m", "c", whole);
    assertThat(Json.of(takenAsItStands()).node().get("meterValue").longValue()).isEqualTo(whole);
  }

  @Property
  void theAgentTakesSeveralMetersByteForByte(
      @ForAll("names") String customer, @ForAll("values") Map<String, Double> values) {
    meters.recordValues(customer, values);
    assertThat(Json.of(takenAsItStands()).node().get("values").size()).isEqualTo(values.size());
  }

  @Property(tries = 200)
  void aLineInsideAJsonLogLineComesOutTheSame(
      @ForAll("names") String customer, @ForAll("dimensions") Map<String, String> dimensions) {
    meters.record("m", customer, 1, dimensions);
    String wrapped = lines.getLast();
    for (int depth = 1; depth <= 3; depth++) {
      wrapped = MAPPER.writeValueAsString(Map.of("level", "INFO", "message", wrapped));
      assertThat(agent.records(wrapped)).containsExactly(record());
    }
  }

  private String takenAsItStands() {
    assertThat(lines.getLast()).startsWith(MARKER).matches("[ -~]*");
    assertThat(agent.records("2026-11-01T00:00:00Z\tINFO\t" + lines.getLast()))
        .as("taken; refused: %s", agent.refused())
        .containsExactly(record());
    return record();
  }

  private String record() {
    return lines.getLast().substring(MARKER.length());
  }

  /** Any text that is whole and not blank, markers and brackets in it as well. */
  @Provide
  Arbitrary<String> names() {
    return text().filter(text -> !text.isBlank());
  }

  @Provide
  Arbitrary<Map<String, String>> dimensions() {
    return Arbitraries.maps(text(), text()).ofMaxSize(6);
  }

  @Provide
  Arbitrary<Map<String, Double>> values() {
    return Arbitraries.maps(names(), Arbitraries.doubles()).ofMinSize(1).ofMaxSize(6);
  }

  @Provide
  Arbitrary<BigDecimal> numbers() {
    return Arbitraries.bigIntegers()
        .between(BigInteger.TEN.pow(60).negate(), BigInteger.TEN.pow(60))
        .flatMap(
            digits ->
                Arbitraries.integers()
                    .between(-240, 400)
                    .map(scale -> new BigDecimal(digits, scale)));
  }

  private static Arbitrary<String> text() {
    Arbitrary<String> any =
        Arbitraries.strings().all().ofMaxLength(20).filter(AgreementTest::isWhole);
    Arbitrary<String> ascii = Arbitraries.strings().ascii().ofMaxLength(20);
    Arbitrary<String> nasty =
        Arbitraries.of(
            "{", "}]", "\\\"", "\\u0041", "meter_record_for_stream {", "\r\n", "\u2028", "😀");
    return Arbitraries.oneOf(any, ascii, nasty);
  }

  private static boolean isWhole(String text) {
    return text.codePoints().noneMatch(c -> c >= Character.MIN_SURROGATE && c <= 0xDFFF);
  }
}
