package io.meterline.core.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Text decoded in pieces is what the JDK makes of it in one. */
final class Base64TextTest {
  private final Base64Text base64 = new Base64Text();

  private static Optional<byte[]> whole(byte[] text) {
    try {
      return Optional.of(Base64.getDecoder().decode(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private void check(byte[] text) {
    byte[] around = new byte[text.length + 10];
    System.arraycopy(text, 0, around, 5, text.length);
    Optional<byte[]> whole = whole(text);
    assertThat(base64.decode(around, 5, 5 + text.length)).isEqualTo(whole.isPresent());
    whole.ifPresent(
        bytes -> assertThat(Arrays.copyOf(base64.bytes(), base64.length())).isEqualTo(bytes));
  }

  @Test
  void everyLengthIsDecoded() {
    SplittableRandom random = new SplittableRandom(1);
    for (int length = 0; length < 700; length++) {
      byte[] bytes = new byte[length];
      random.nextBytes(bytes);
      check(Base64.getEncoder().encode(bytes));
      check(Base64.getEncoder().withoutPadding().encode(bytes));
    }
    byte[] large = new byte[40_000];
    random.nextBytes(large);
    check(Base64.getEncoder().encode(large));
  }

  @Property(tries = 5_000)
  void whatIsNotBase64IsToldWhereverItStands(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 20_000) int length) {
    SplittableRandom random = new SplittableRandom(seed);
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    byte[] text = Base64.getEncoder().encode(bytes);
    text[random.nextInt(text.length)] = (byte) "=A-\n\u0000é".charAt(random.nextInt(6));
    check(text);
  }

  @Test
  void paddingEndsTheText() {
    for (int groups : new int[] {1, 7, 8, 9, 127, 128, 129, 2047, 2048, 2049}) {
      String text = "QUJD".repeat(groups - 1) + "QQ==";
      check(text.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
      check((text + "QUJD").getBytes(java.nio.charset.StandardCharsets.US_ASCII));
      check((text + "QUJD".repeat(3000)).getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    }
  }
}
