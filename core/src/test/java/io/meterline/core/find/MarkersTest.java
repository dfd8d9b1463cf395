package io.meterline.core.find;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.meterline.samples.Bytes;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MarkersTest {
  private static final List<List<String>> SETS =
      List.of(
          List.of("meter_record_for_stream", "meter_record_for_cw"),
          List.of("a"),
          List.of("ab", "ab-c", "b"),
          List.of("aaa", "aab", "baa"),
          List.of("a b", "b a"));

  /** A search that tries every place and every word. */
  private static int naive(List<String> words, String text, int from, int to) {
    for (int i = from; i < to; i++) {
      for (String word : words) {
        int end = i + word.length();
        if (end <= to
            && text.startsWith(word, i)
            && (end == to || !Character.toString(text.charAt(end)).matches("[A-Za-z0-9_]"))) {
          return i;
        }
      }
    }
    return -1;
  }

  @Property(tries = 20_000)
  void findsWhatANaiveSearchFinds(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<String> words = SETS.get(random.nextInt(SETS.size()));
    StringBuilder text = new StringBuilder();
    while (text.length() < 60) {
      int choice = random.nextInt(6);
      String word = words.get(random.nextInt(words.size()));
      text.append(
          choice < 2
              ? word
              : choice < 3 ? word.substring(random.nextInt(word.length())) : any(random));
    }
    Markers markers = new Markers(words);
    byte[] bytes = Bytes.utf8(text.toString());
    int from = random.nextInt(10);
    int to = bytes.length - random.nextInt(10);
    while (from >= 0) {
      int found = markers.find(bytes, from, to);
      assertThat(found)
          .as("%s in [%s] from %d to %d", words, text, from, to)
          .isEqualTo(naive(words, text.toString(), from, to));
      from = found < 0 ? -1 : found + 1;
    }
  }

  private static char any(SplittableRandom random) {
    return "ab-_ 1Z{\"".charAt(random.nextInt(9));
  }

  @Test
  void findsAMarkerAtEveryPlaceAndAlignment() {
    for (String word : Markers.DEFAULT.words()) {
      for (int before = 0; before < 80; before++) {
        for (int after = 0; after < 30; after++) {
          byte[] text = Bytes.utf8("x".repeat(before) + word + " ".repeat(after));
          assertThat(Markers.DEFAULT.find(text, 0, text.length)).isEqualTo(before);
          assertThat(Markers.DEFAULT.end(text, before, text.length))
              .isEqualTo(before + word.length());
        }
      }
    }
  }

  @Test
  void theLongerOfTwoMarkersThatStartAlikeIsTaken() {
    Markers markers = new Markers(List.of("ab", "ab-c"));
    assertThat(markers.end(Bytes.utf8("ab-c "), 0, 5)).isEqualTo(4);
    assertThat(markers.end(Bytes.utf8("ab-cd"), 0, 5)).isEqualTo(2);
    assertThat(markers.longest()).isEqualTo(4);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a\"b", "a\\b", "é", "a\tb", "a\u007f"})
  void aWordThatCouldNotBeFoundInEveryFormIsNoMarker(String word) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Markers(List.of(word)))
        .withMessageContaining("printable ASCII");
  }

  @Test
  void thereAreOneTo64Markers() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Markers(List.of()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Markers(Collections.nCopies(65, "a")))
        .withMessageContaining("65");
    assertThat(new Markers(Collections.nCopies(64, "a")).words()).hasSize(64);
  }
}
