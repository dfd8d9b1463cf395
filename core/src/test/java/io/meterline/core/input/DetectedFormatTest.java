package io.meterline.core.input;

import static io.meterline.core.input.Samples.gzip;
import static io.meterline.core.input.Samples.utf8;
import static io.meterline.samples.Bytes.joined;
import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.core.event.SmallReads;
import io.meterline.core.event.Window;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class DetectedFormatTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"Records\":[]}                                    | EVENT",
        " { \"Records\" : [                                  | EVENT",
        "{\"x\":{\"logEvents\":[]},\"Records\":              | EVENT",
        "{\"awslogs\":{\"data\":\"                           | EVENT",
        "{\"logEvents\":[                                    | PAYLOAD",
        "{\"messageType\":\"DATA_MESSAGE\",\"logEvents\":[   | PAYLOAD",
        "{\"messageType\":\"DATA_MESSAGE\",\"owner\":\"1     | LINES",
        "{\"level\":\"INFO\",\"message\":\"Records\"}        | LINES",
        "{\"level\":\"INFO\",\"x\":{\"Records\":[]}}         | LINES",
        "{}                                                  | LINES",
        "{ } {\"Records\":[]}                                | LINES",
        "{ not json Records                                  | LINES",
        "[{\"Records\":[]}]                                  | LINES",
        "2022-09-13T19:21:45Z {\"Records\":[]}               | LINES",
        "\"Records\"                                         | LINES",
        "x                                                   | LINES",
        "{                                                   | LINES",
      })
  void anInputIsWhatItsFirstMembersSay(String input, DetectedFormat shape) throws IOException {
    byte[] bytes = utf8(input);
    for (int most = 1; most <= bytes.length; most++) {
      assertThat(DetectedFormat.of(new Window(new SmallReads(bytes, most), 1_000)))
          .as("reads of %d bytes", most)
          .isEqualTo(shape);
    }
  }

  @Test
  void noBytesAndBlankBytesAreLines() throws IOException {
    assertThat(DetectedFormat.of(new Window(new byte[0]))).isEqualTo(DetectedFormat.LINES);
    assertThat(DetectedFormat.of(new Window(utf8(" \n\n ")))).isEqualTo(DetectedFormat.LINES);
  }

  static Stream<Arguments> zipped() {
    return Stream.of(
        Arguments.of("{\"Records\":[]}", DetectedFormat.EVENT),
        Arguments.of("{\"logEvents\":[]}", DetectedFormat.PAYLOAD),
        Arguments.of("a line\n", DetectedFormat.LINES),
        Arguments.of("{\"level\":\"INFO\"}\n", DetectedFormat.LINES),
        Arguments.of("", DetectedFormat.LINES));
  }

  @ParameterizedTest
  @MethodSource("zipped")
  void gzipIsOpenedForALook(String content, DetectedFormat shape) throws IOException {
    byte[] bytes = gzip(utf8(content));
    for (int most : new int[] {1, 2, 7, 1_000}) {
      Window window = new Window(new SmallReads(bytes, most), 1_000);
      assertThat(DetectedFormat.of(window)).isEqualTo(DetectedFormat.GZIP);
      assertThat(DetectedFormat.inside(window)).isEqualTo(shape);
      assertThat(window.from()).isZero();
    }
  }

  @Test
  void gzipInsideGzipIsTold() throws IOException {
    Window window = new Window(gzip(gzip(utf8("a line\n"))));
    assertThat(DetectedFormat.inside(window)).isEqualTo(DetectedFormat.GZIP);
  }

  @Test
  void emptyMembersBeforeOthersArePassed() throws IOException {
    byte[] two = joined(gzip(new byte[0]), gzip(utf8("{\"logEvents\":[]}")));
    assertThat(DetectedFormat.inside(new Window(two))).isEqualTo(DetectedFormat.PAYLOAD);
    byte[] lines = joined(gzip(new byte[0]), gzip(new byte[0]), gzip(utf8("a line\n")));
    assertThat(DetectedFormat.inside(new Window(lines))).isEqualTo(DetectedFormat.LINES);
    byte[] empty = joined(gzip(new byte[0]), gzip(new byte[0]));
    assertThat(DetectedFormat.inside(new Window(empty))).isEqualTo(DetectedFormat.LINES);
    assertThat(DetectedFormat.inside(new Window(Arrays.copyOf(gzip(new byte[0]), 19))))
        .isEqualTo(DetectedFormat.OPEN);
  }

  @Test
  void gzipThatCantBeOpenedTellsNothing() throws IOException {
    byte[] broken = gzip(utf8("a line"));
    broken[2] = 7;
    assertThat(DetectedFormat.inside(new Window(broken))).isEqualTo(DetectedFormat.OPEN);
    assertThat(DetectedFormat.inside(new Window(new byte[] {0x1F, (byte) 0x8B})))
        .isEqualTo(DetectedFormat.OPEN);
  }
}
