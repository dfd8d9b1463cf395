package io.meterline.core.find;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.samples.Bytes;
import io.meterline.samples.JsonStrings;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NestedTextTest {
  private final NestedText nested = new NestedText();

  @ParameterizedTest(name = "{0} backslashes are depth {1}")
  @CsvSource({"0,0", "1,1", "2,-1", "3,2", "4,-1", "5,-1", "6,-1", "7,3", "8,-1", "15,-1"})
  void theFirstQuoteTellsTheDepth(int backslashes, int depth) {
    assertThat(NestedText.depth(backslashes)).isEqualTo(depth);
  }

  @Property(tries = 2_000)
  void openingUndoesWhatNestingDid(
      @ForAll @StringLength(max = 60) String any, @ForAll @IntRange(min = 1, max = 3) int depth) {
    String text = Bytes.text(Bytes.utf8(any));
    byte[] source = Bytes.utf8("before" + JsonStrings.nested(text, depth));
    nested.open(source, 6, source.length, true, depth);
    assertThat(Bytes.text(Arrays.copyOf(nested.bytes(), nested.length()))).isEqualTo(text);
    assertThat(nested.isCut()).isFalse();
    assertThat(nested.endsInQuote()).isFalse();
  }

  @Property(tries = 2_000)
  void anIndexOfTheOpenedTextIsFoundInTheSource(
      @ForAll @StringLength(max = 40) @CharRange(from = '\t', to = 'é') String text,
      @ForAll @IntRange(min = 1, max = 3) int depth) {
    byte[] source = Bytes.utf8("before" + JsonStrings.nested(text, depth) + "behind");
    nested.open(source, 6, source.length, true, depth);
    for (int i = 0; i <= text.length(); i++) {
      String before = text.substring(0, i);
      int expected = 6 + Bytes.utf8(JsonStrings.nested(before, depth)).length;
      assertThat(nested.sourceIndex(Bytes.utf8(before).length)).isEqualTo(expected);
    }
  }

  @ParameterizedTest(name = "{0} at depth {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\\\"a\\\"\" more|1|{\"a\"|true|false|false",
        "{\\\"a\\x|1|{\"a|false|true|false",
        "{\\\"a\\|1|{\"a|false|false|true",
        "{\\\\\\\"a\\\" more|2|{\"a|true|false|false",
        "{\\\\\\\"a\" more|2|{\"a|true|false|false",
        "{\\\\\\\"a\\\\x\" more|2|{\"a|false|true|false",
        "{\\\\\\\"a\\x\" more|2|{\"a|false|true|false"
      })
  void theTextEndsWithTheStringItStandsIn(
      String source, int depth, String text, boolean quote, boolean badEscape, boolean cut) {
    byte[] bytes = Bytes.utf8(source);
    nested.open(bytes, 0, bytes.length, false, depth);
    assertThat(Bytes.text(Arrays.copyOf(nested.bytes(), nested.length()))).isEqualTo(text);
    assertThat(nested.endsInQuote()).isEqualTo(quote);
    assertThat(nested.endsInBadEscape()).isEqualTo(badEscape);
    assertThat(nested.isCut()).isEqualTo(cut);
  }

  /** A stretch of the text is opened at first, and more where that is short. */
  @Test
  void aRecordIsReadHoweverTheFirstStretchCutsIt() {
    for (int padding = 0; padding < 2_100; padding++) {
      String record =
          "{\"meterApiName\":\"m\",\"customerId\":\"%s\\\\é\\u00e9\\ud83d\\ude00😀\",\"meterValue\":1,\"meterTimeInMillis\":5,\"uniqueId\":\"u\"}"
              .formatted("x".repeat(padding));
      String line = "{\"m\":" + JsonStrings.quoted("meter_record_for_cw " + record) + "}";
      assertThat(Harvest.ofMessage(line).records()).containsExactly(record);
      String deeper = "{\"m\":" + JsonStrings.quoted(line) + "}";
      assertThat(Harvest.ofMessage(deeper).records()).containsExactly(record);
    }
  }
}
