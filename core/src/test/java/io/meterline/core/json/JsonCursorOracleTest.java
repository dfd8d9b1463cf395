package io.meterline.core.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.core.json.JsonOracle.Node;
import io.meterline.samples.Bytes;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** The cursor takes exactly what a strict JSON library takes. */
final class JsonCursorOracleTest {
  private static final int MAX_DEPTH = 64;

  @Property(tries = 20_000)
  void takesWhatTheOracleTakes(@ForAll long seed) {
    JsonTexts texts = new JsonTexts(seed);
    String right = texts.value(4);
    assertThat(JsonOracle.read(right)).as(right).isPresent();
    check(Bytes.utf8(right));
    check(Bytes.utf8(texts.faulty(right)));
    check(Bytes.utf8(texts.faulty(texts.record())));
  }

  @Property(tries = 20_000)
  void takesNoBytesThatTheOracleRefuses(@ForAll long seed, @ForAll byte any, @ForAll int place) {
    byte[] bytes = Bytes.utf8(new JsonTexts(seed).value(3));
    bytes[Math.floorMod(place, bytes.length)] = any;
    check(bytes);
  }

  /** The one bound that the oracle is without. */
  @Test
  void nestingIsBounded() {
    for (int depth = MAX_DEPTH - 1; depth <= MAX_DEPTH + 1; depth++) {
      check(Bytes.utf8("[".repeat(depth) + "]".repeat(depth)));
      check(Bytes.utf8("{\"a\":".repeat(depth) + "1" + "}".repeat(depth)));
    }
  }

  private static void check(byte[] bytes) {
    Optional<Node> tree = JsonOracle.read(bytes);
    boolean expected = tree.isPresent() && tree.get().depth() <= MAX_DEPTH;
    assertThat(isTaken(bytes)).as(Bytes.text(bytes)).isEqualTo(expected);
  }

  private static boolean isTaken(byte[] bytes) {
    JsonCursor cursor = JsonCursor.strict();
    cursor.reset(bytes, 0, bytes.length);
    return cursor.value(MAX_DEPTH) && cursor.peek() < 0;
  }
}
