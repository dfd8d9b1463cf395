package io.meterline.core.event;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

final class WindowTest {
  @Test
  void whatIsHeldStaysWhereItIsUntilItIsCompacted() throws IOException {
    Window window = new Window(new SmallReads("abcdef".getBytes(US_ASCII), 2), 100);
    assertThat(window.more()).isTrue();
    window.advance(1);
    assertThat(window.more()).isTrue();
    assertThat(held(window)).isEqualTo("bcd");
    assertThat(window.from()).isEqualTo(1);
    assertThat(window.offset(window.from())).isEqualTo(1);
  }

  @Test
  void theEndIsToldOnlyWhenItWasMet() throws IOException {
    Window window = new Window(new SmallReads("ab".getBytes(US_ASCII), 2), 100);
    assertThat(window.more()).isTrue();
    assertThat(window.hasEnded()).isFalse();
    assertThat(window.more()).isFalse();
    assertThat(window.hasEnded()).isTrue();
  }

  @Test
  void noMoreIsHeldThanTheBound() throws IOException {
    Window window = new Window(new SmallReads("abcdef".getBytes(US_ASCII), 100), 4);
    assertThat(window.more()).isTrue();
    assertThat(held(window)).isEqualTo("abcd");
    assertThat(window.isFull()).isTrue();
    assertThat(window.more()).isFalse();
    assertThat(window.hasEnded()).isFalse();
  }

  @Test
  void roomTakenByWhatIsUsedCanBeReclaimed() throws IOException {
    Window window = new Window(new SmallReads("abcdef".getBytes(US_ASCII), 100), 4);
    window.more();
    assertThat(window.reclaim()).isFalse();
    window.advance(1);
    assertThat(window.reclaim()).isTrue();
    assertThat(window.more()).isTrue();
    assertThat(held(window)).isEqualTo("bcde");
    assertThat(window.offset(window.from())).isEqualTo(1);
  }

  @Test
  void itGrowsFarBeyondItsFirstCapacity() throws IOException {
    byte[] large = "0123456789".repeat(100_000).getBytes(US_ASCII);
    Window window = new Window(new SmallReads(large, 7_777), 2_000_000);
    while (window.more()) {
      // Reads all.
    }
    assertThat(held(window)).isEqualTo(new String(large, US_ASCII));
  }

  @Test
  void skippingPassesWhatIsHeldAndWhatIsNot() throws IOException {
    byte[] digits = "0123456789".getBytes(US_ASCII);
    for (int count = 0; count <= 10; count++) {
      Window window = new Window(new SmallReads(digits, 3), 100);
      window.more();
      window.skip(count);
      assertThat(window.offset(window.from())).isEqualTo(count);
      while (window.more()) {
        // Reads the rest.
      }
      assertThat(held(window)).isEqualTo("0123456789".substring(count));
    }
  }

  @Test
  void skippingBeyondTheEndStopsThere() throws IOException {
    Window window = new Window(new SmallReads("0123".getBytes(US_ASCII), 3), 100);
    window.skip(1_000);
    assertThat(window.offset(window.from())).isEqualTo(4);
    assertThat(window.more()).isFalse();
  }

  private static String held(Window window) {
    return new String(window.bytes(), window.from(), window.to() - window.from(), US_ASCII);
  }
}
