package io.meterline.core.find;

import static io.meterline.core.find.Fact.gives;
import static io.meterline.core.find.Fact.refuses;
import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.core.Limits;
import io.meterline.core.Quarantined;
import io.meterline.core.record.LogEvent;
import io.meterline.samples.Bytes;
import io.meterline.samples.Lines;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Section 3 of docs/contract.md: what a record must be. */
final class RecordRulesTest {
  private static final String TIME_AND_ID = "\"meterTimeInMillis\":5,\"uniqueId\":\"u\"";
  private static final String NAMED = "\"meterApiName\":\"m\",\"meterValue\":1,";
  private static final String CUSTOMER = "\"customerId\":\"c\",";

  /** A record with these members before its time and id. */
  private static String record(String members) {
    return "{" + members + TIME_AND_ID + "}";
  }

  private static Fact out(String says, String record) {
    return gives("3.3", says, record, record);
  }

  static Stream<Fact> syntax() {
    return Stream.of(
        refuses("3.3", "the text ends inside", "{\"meterApiName\":\"m\"", "truncated"),
        refuses("3.3", "the text ends inside a string", "{\"meterApiName\":\"m", "truncated"),
        refuses("3.3", "the text ends inside a number", "{\"meterValue\":-", "truncated"),
        refuses("3.3", "the text ends inside a literal", "{\"a\":tru", "truncated"),
        refuses(
            "3.3", "the text ends inside a pair of surrogates", "{\"a\":\"\\ud83d", "truncated"),
        refuses("3.3", "a fault before the text ends", "{\"a\":tru,\"b", "malformed-json"),
        refuses("3.3", "a text that ends before the fault", "{\"a\":{\"b\":1 ", "truncated"),
        refuses("3.3", "a trailing comma", record("").replace("}", ",}"), "malformed-json"),
        refuses("3.3", "single quotes", "{'a':1}", "malformed-json"),
        refuses("3.3", "a comment", "{/**/}", "malformed-json"),
        refuses("3.3", "a leading zero", record(CUSTOMER + "\"meterValue\":01,"), "malformed-json"),
        refuses("3.3", "a plus sign", record("\"meterValue\":+1,"), "malformed-json"),
        refuses("3.3", "NaN", record("\"meterValue\":NaN,"), "malformed-json"),
        refuses(
            "3.3",
            "no digit after the decimal point",
            record("\"meterValue\":1.,"),
            "malformed-json"),
        refuses("3.3", "a raw tab in a string", "{\"a\":\"\t\"}", "malformed-json"),
        refuses("3.3", "a raw zero byte in a string", "{\"a\":\"\0\"}", "malformed-json"),
        refuses(
            "3.3",
            "an escape that is the first half of a pair",
            "{\"a\":\"\\ud83d\"}",
            "malformed-json"),
        refuses(
            "3.3",
            "an escape that is the second half of a pair",
            "{\"a\":\"\\ude00\"}",
            "malformed-json"),
        refuses("3.3", "two first halves", "{\"a\":\"\\ud83d\\ud83d\"}", "malformed-json"),
        out("a pair of surrogates", record(NAMED + CUSTOMER + "\"a\":\"\\ud83d\\uDE00\",")),
        out("DEL and U+2028, raw", record(NAMED + CUSTOMER + "\"a\":\"\u007f\u2028\",")));
  }

  static Stream<Fact> twice() {
    return Stream.of(
        refuses(
            "3.3",
            "meterApiName twice",
            record(NAMED + "\"meterApiName\":\"n\"," + CUSTOMER),
            "malformed-json: meterApiName"),
        refuses(
            "3.3",
            "customerId twice",
            record(NAMED + CUSTOMER + CUSTOMER),
            "malformed-json: customerId"),
        refuses(
            "3.3",
            "meterValue twice",
            record(NAMED + CUSTOMER + "\"meterValue\":1,"),
            "malformed-json: meterValue"),
        refuses(
            "3.3",
            "meterTimeInMillis twice",
            record(NAMED + CUSTOMER + "\"meterTimeInMillis\":5,"),
            "malformed-json: meterTimeInMillis"),
        refuses(
            "3.3",
            "uniqueId twice",
            record(NAMED + CUSTOMER + "\"uniqueId\":\"u\","),
            "malformed-json: uniqueId"),
        refuses(
            "3.3",
            "values twice",
            record(CUSTOMER + "\"values\":{\"a\":1},\"values\":{\"a\":1},"),
            "malformed-json: values"),
        refuses(
            "3.3",
            "dimensions twice",
            record(NAMED + CUSTOMER + "\"dimensions\":{},\"dimensions\":{},"),
            "malformed-json: dimensions"),
        refuses(
            "3.3",
            "twice once unescaped",
            record(NAMED + CUSTOMER + "\"customer\\u0049d\":\"d\","),
            "malformed-json: customerId"),
        refuses(
            "3.3",
            "twice where one is null",
            record(NAMED + CUSTOMER + "\"customerId\":null,"),
            "malformed-json: customerId"),
        refuses(
            "3.3",
            "twice before missing",
            "{\"uniqueId\":\"\",\"uniqueId\":\"\"}",
            "malformed-json: uniqueId"),
        out("another member twice", record(NAMED + CUSTOMER + "\"x\":1,\"x\":2,")),
        out(
            "a dimension twice",
            record(NAMED + CUSTOMER + "\"dimensions\":{\"a\":\"1\",\"a\":\"2\"},")),
        out(
            "a member of the contract inside another member",
            record(NAMED + CUSTOMER + "\"x\":{\"customerId\":7},")));
  }

  static Stream<Fact> missing() {
    return Stream.of(
        refuses("3.3", "an empty object", "{}", "missing-field"),
        refuses(
            "3.3",
            "meterApiName and values",
            record(CUSTOMER),
            "missing-field: meterApiName is missing, and so is values"),
        refuses(
            "3.3",
            "both though meterValue is there",
            record(CUSTOMER + "\"meterValue\":1,"),
            "missing-field: meterApiName"),
        refuses(
            "3.3",
            "meterValue",
            record("\"meterApiName\":\"m\"," + CUSTOMER),
            "missing-field: meterValue"),
        refuses(
            "3.3",
            "meterValue though values is there",
            record("\"meterApiName\":\"m\",\"values\":{\"a\":1}," + CUSTOMER),
            "missing-field: meterValue"),
        refuses("3.3", "customerId", record(NAMED), "missing-field: customerId"),
        refuses(
            "3.3",
            "an empty meterApiName",
            record("\"meterApiName\":\"\",\"meterValue\":1," + CUSTOMER),
            "missing-field: meterApiName"),
        refuses(
            "3.3",
            "an empty meterApiName though values is there",
            record("\"meterApiName\":\"\",\"meterValue\":1,\"values\":{\"a\":1}," + CUSTOMER),
            "missing-field: meterApiName"),
        refuses(
            "3.3",
            "a blank customerId",
            record(NAMED + "\"customerId\":\" \","),
            "missing-field: customerId"),
        refuses(
            "3.3",
            "a customerId of an escaped tab",
            record(NAMED + "\"customerId\":\"\\t\\u0020\","),
            "missing-field: customerId"),
        refuses(
            "3.3",
            "a customerId of an ideographic space",
            record(NAMED + "\"customerId\":\"\u3000\","),
            "missing-field: customerId"),
        refuses(
            "3.3",
            "null counts as not there",
            record(NAMED + "\"customerId\":null,"),
            "missing-field: customerId"),
        refuses(
            "3.3",
            "a null meterValue",
            record("\"meterApiName\":\"m\",\"meterValue\":null," + CUSTOMER),
            "missing-field: meterValue"),
        refuses("3.3", "a null values", record("\"values\":null," + CUSTOMER), "missing-field"),
        out("values in place of a name", record("\"values\":{\"a\":1}," + CUSTOMER)),
        out(
            "values, and a value without a name",
            record("\"values\":{\"a\":1},\"meterValue\":2," + CUSTOMER)),
        out("names written with escapes", record(NAMED + "\"customer\\u0049d\":\"c\",")),
        out("a customerId that starts with a space", record(NAMED + "\"customerId\":\" c\",")));
  }

  static Stream<Fact> types() {
    return Stream.of(
        refuses(
            "3.3",
            "meterApiName",
            record("\"meterApiName\":7,\"meterValue\":1," + CUSTOMER),
            "wrong-type: meterApiName"),
        refuses("3.3", "customerId", record(NAMED + "\"customerId\":7,"), "wrong-type: customerId"),
        refuses(
            "3.3", "uniqueId", "{" + NAMED + CUSTOMER + "\"uniqueId\":7}", "wrong-type: uniqueId"),
        refuses(
            "3.3",
            "uniqueId is false",
            "{" + NAMED + CUSTOMER + "\"uniqueId\":false}",
            "wrong-type: uniqueId"),
        refuses(
            "3.3",
            "meterValue is a string",
            record("\"meterApiName\":\"m\",\"meterValue\":\"1\"," + CUSTOMER),
            "wrong-type: meterValue"),
        refuses(
            "3.3",
            "meterValue is true",
            record("\"meterApiName\":\"m\",\"meterValue\":true," + CUSTOMER),
            "wrong-type: meterValue"),
        refuses(
            "3.3",
            "a member of values is a string",
            record("\"values\":{\"a\":1,\"b\":\"1\"}," + CUSTOMER),
            "wrong-type: a member of values"),
        refuses(
            "3.3",
            "a member of values is null",
            record("\"values\":{\"a\":null}," + CUSTOMER),
            "wrong-type: a member of values"),
        refuses(
            "3.3",
            "a time with a fraction",
            "{" + NAMED + CUSTOMER + "\"meterTimeInMillis\":5.0}",
            "wrong-type: meterTimeInMillis"),
        refuses(
            "3.3",
            "a time with an exponent",
            "{" + NAMED + CUSTOMER + "\"meterTimeInMillis\":5e3}",
            "wrong-type: meterTimeInMillis"),
        refuses(
            "3.3",
            "a time that is a string",
            "{" + NAMED + CUSTOMER + "\"meterTimeInMillis\":\"5\"}",
            "wrong-type: meterTimeInMillis"),
        refuses(
            "3.3",
            "dimensions is an array",
            record(NAMED + CUSTOMER + "\"dimensions\":[],"),
            "wrong-type: dimensions"),
        refuses(
            "3.3", "values is a number", record("\"values\":1," + CUSTOMER), "wrong-type: values"),
        refuses(
            "3.3",
            "a dimension that is an object",
            record(NAMED + CUSTOMER + "\"dimensions\":{\"a\":{}},"),
            "wrong-type: a member of dimensions"),
        refuses(
            "3.3",
            "a dimension that is an array",
            record(NAMED + CUSTOMER + "\"dimensions\":{\"a\":\"\",\"b\":[1]},"),
            "wrong-type: a member of dimensions"),
        out(
            "other members may be anything",
            record(NAMED + CUSTOMER + "\"a\":[{}],\"b\":null,\"c\":1e999,\"d\":false,")));
  }

  static Stream<Fact> ranges() {
    return Stream.of(
        refuses("3.3", "no values", record("\"values\":{}," + CUSTOMER), "out-of-range: values"),
        refuses(
            "3.3",
            "no values beside a name",
            record(NAMED + "\"values\":{ }," + CUSTOMER),
            "out-of-range: values"),
        refuses(
            "3.3",
            "one of the values",
            record("\"values\":{\"a\":1,\"b\":-1e400}," + CUSTOMER),
            "out-of-range: a member"));
  }

  static Stream<Fact> order() {
    return Stream.of(
        refuses(
            "3.3",
            "twice, then a missing field",
            "{\"customerId\":\"c\",\"customerId\":\"c\"}",
            "malformed-json"),
        refuses(
            "3.3",
            "missing, then a wrong type",
            "{\"meterApiName\":7,\"customerId\":[]}",
            "missing-field"),
        refuses(
            "3.3",
            "blank, then a wrong type",
            record("\"meterApiName\":\" \",\"meterValue\":\"1\"," + CUSTOMER),
            "missing-field"),
        refuses(
            "3.3",
            "a wrong type, then a time out of range",
            "{" + NAMED + CUSTOMER + "\"meterTimeInMillis\":0,\"dimensions\":7}",
            "wrong-type"),
        refuses(
            "3.3",
            "a wrong type, then a number out of range",
            record(
                "\"meterApiName\":\"m\",\"meterValue\":1e400,\"dimensions\":{\"a\":[]},"
                    + CUSTOMER),
            "wrong-type"),
        refuses(
            "3.3",
            "nested too deep, then missing",
            "{\"a\":" + "[".repeat(64) + "]".repeat(64) + "}",
            "malformed-json"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({"syntax", "twice", "missing", "types", "ranges", "order"})
  void theFirstCheckThatFailsIsTheReason(Fact fact) {
    Harvest harvest = Harvest.ofMessage("meter_record_for_stream " + fact.message());
    assertThat(harvest.records()).isEqualTo(fact.records());
    assertThat(harvest.refused()).hasSameSizeAs(fact.reasons());
    for (int i = 0; i < fact.reasons().size(); i++) {
      Quarantined entry = harvest.refused().get(i);
      assertThat(entry.reason().word() + ": " + entry.detail()).startsWith(fact.reasons().get(i));
    }
  }

  @ParameterizedTest(name = "a time of {0} is {1}")
  @CsvSource({
    "1,ok",
    "0,out-of-range",
    "-0,out-of-range",
    "-1,out-of-range",
    "253402300799999,ok",
    "253402300800000,out-of-range",
    "999999999999999999,out-of-range",
    "9999999999999999999999,out-of-range",
    "18446744073709551617,out-of-range",
    "-18446744073709551615,out-of-range"
  })
  void theTimeIsWithinItsBounds(String time, String verdict) {
    check(
        "{" + NAMED + CUSTOMER + "\"meterTimeInMillis\":" + time + ",\"uniqueId\":\"u\"}", verdict);
  }

  @ParameterizedTest(name = "a value of {0} is {1}")
  @CsvSource({
    "0,ok",
    "-0,ok",
    "1.7976931348623157e308,ok",
    "-1.7976931348623157E+308,ok",
    "1e308,ok",
    "1.7976931348623159e308,out-of-range",
    "1e309,out-of-range",
    "1e400,out-of-range",
    "-1E400,out-of-range",
    "1e99999999999,out-of-range",
    "0e99999999999,ok",
    "1e-400,ok",
    "0.000000000000000000000000000000000000000000000000000000000000000000001e370,ok"
  })
  void aNumberFitsADouble(String number, String verdict) {
    check(record("\"meterApiName\":\"m\",\"meterValue\":" + number + "," + CUSTOMER), verdict);
    check(record("\"values\":{\"a\":" + number + "}," + CUSTOMER), verdict);
  }

  @ParameterizedTest(name = "{0} nines are {1}")
  @CsvSource({"299,ok", "300,ok", "308,ok", "309,out-of-range", "5000,out-of-range"})
  void manyDigitsFitADoubleUpTo308(int digits, String verdict) {
    String number = "9".repeat(digits);
    check(record("\"meterApiName\":\"m\",\"meterValue\":" + number + "," + CUSTOMER), verdict);
    check(record("\"meterApiName\":\"m\",\"meterValue\":0." + number + "," + CUSTOMER), "ok");
  }

  private static void check(String record, String verdict) {
    Harvest harvest = Harvest.ofMessage("meter_record_for_stream " + record);
    if (verdict.equals("ok")) {
      assertThat(harvest.records()).containsExactly(record);
    } else {
      assertThat(harvest.reasons()).containsExactly(verdict);
    }
  }

  @Test
  void anEventsTimeIsWithinTheSameBounds() {
    byte[] message =
        Bytes.utf8("meter_record_for_cw {" + NAMED + "\"customerId\":\"c\",\"uniqueId\":\"u\"}");
    for (long time : new long[] {0, -1, 253_402_300_800_000L}) {
      LogEvent event = new LogEvent().plainMessage(message, 0, message.length).timestamp(time);
      assertThat(Harvest.ofEvent(event, Markers.DEFAULT, Limits.DEFAULT).reasons())
          .containsExactly("out-of-range");
    }
  }

  @ParameterizedTest(name = "{0} deep in all is fine, one more is not")
  @ValueSource(ints = 64)
  void aRecordNestsAtMost64Deep(int depth) {
    for (String prefix : new String[] {"", "\"dimensions\":{},", "\"values\":{\"a\":1},"}) {
      String fits = record(NAMED + CUSTOMER + prefix + "\"a\":" + nest(depth - 1) + ",");
      String deeper = record(NAMED + CUSTOMER + prefix + "\"a\":" + nest(depth) + ",");
      check(fits, "ok");
      check(deeper, "malformed-json");
      assertThat(Harvest.ofMessage("meter_record_for_cw [" + fits + "]").records())
          .containsExactly(fits);
      assertThat(Harvest.ofMessage("meter_record_for_cw [" + deeper + "]").reasons())
          .containsExactly("malformed-json");
    }
    String dimension = record(NAMED + CUSTOMER + "\"dimensions\":{\"a\":" + nest(depth - 2) + "},");
    check(dimension, "wrong-type");
    check(dimension.replace("[[", "[[["), "malformed-json");
  }

  private static String nest(int depth) {
    return "[".repeat(depth) + "]".repeat(depth);
  }

  @Test
  void aRecordOfExactlyTheLimitIsFineAndAByteMoreIsTooLarge() {
    int limit = 256 * 1024;
    int rest = record(NAMED + CUSTOMER + "\"a\":\"\",").length();
    String exact = record(NAMED + CUSTOMER + "\"a\":\"" + "x".repeat(limit - rest) + "\",");
    assertThat(exact).hasSize(limit);
    check(exact, "ok");
    check(exact.replace("\"x", "\"xx"), "too-large");
    String spread = exact.replace(",", " ,\n").replace("{", "{  ");
    assertThat(Harvest.ofMessage("meter_record_for_cw" + spread).records()).containsExactly(exact);
    assertThat(Harvest.ofMessage(Lines.lambdaJson(spread)).records()).containsExactly(exact);
    assertThat(Harvest.ofMessage(Lines.lambdaJson(exact.replace("\"x", "\"xx"))).reasons())
        .containsExactly("too-large");
    assertThat(Harvest.ofMessage("meter_record_for_cw[ " + spread + " , 7 ]").records())
        .containsExactly(exact);
    String above = exact.replace("\"x", "\"xx");
    assertThat(Harvest.ofMessage("meter_record_for_cw [   " + above + "]").reasons())
        .as("white space before an element is none of its own")
        .containsExactly("too-large");
  }

  @Test
  void tooLargeComesAfterTwiceAndBeforeMissing() {
    byte[] twice = Bytes.utf8("meter_record_for_cw {\"values\":1,\"values\":1}");
    byte[] missing = Bytes.utf8("meter_record_for_cw {\"x\":1,\"y\":1,\"z\":111}");
    Limits small = new Limits(20, 1000, 1000);
    assertThat(Harvest.ofMessage(twice, small).reasons()).containsExactly("malformed-json");
    assertThat(Harvest.ofMessage(missing, small).reasons()).containsExactly("too-large");
    assertThat(Harvest.ofMessage(missing, new Limits(21, 1000, 1000)).reasons())
        .containsExactly("missing-field");
  }
}
