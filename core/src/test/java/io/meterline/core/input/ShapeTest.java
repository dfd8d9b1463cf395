package io.meterline.core.input;

import static io.meterline.core.input.Samples.gzip;
import static io.meterline.core.input.Samples.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.core.event.SmallReads;
import io.meterline.core.event.Window;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class ShapeTest {
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
  void anInputIsWhatItsFirstMembersSay(String input, Shape shape) throws IOException {
    byte[] bytes = utf8(input);
    for (int most = 1; most <= bytes.length; most++) {
      assertThat(Shape.of(new Window(new SmallReads(bytes, most), 1_000)))
          .as("reads of %d bytes", most)
          .isEqualTo(shape);
    }
  }

  @Test
  void noBytesAndBlankBytesAreLines() throws IOException {
    assertThat(Shape.of(new Window(new byte[0]))).isEqualTo(Shape.LINES);
    assertThat(Shape.of(new Window(utf8(" \n\n ")))).isEqualTo(Shape.LINES);
  }

  static Stream<Arguments> zipped() {
    return Stream.of(
        Arguments.of("{\"Records\":[]}", Shape.EVENT),
        Arguments.of("{\"logEvents\":[]}", Shape.PAYLOAD),
        Arguments.of("a line\n", Shape.LINES),
        Arguments.of("{\"level\":\"INFO\"}\n", Shape.LINES),
        Arguments.of("", Shape.OPEN));
  }

  @ParameterizedTest
  @MethodSource("zipped")
  void gzipIsOpenedForALook(String content, Shape shape) throws IOException {
    byte[] bytes = gzip(utf8(content));
    for (int most : new int[] {1, 2, 7, 1_000}) {
      Window window = new Window(new SmallReads(bytes, most), 1_000);
      assertThat(Shape.of(window)).isEqualTo(Shape.GZIP);
      assertThat(Shape.inside(window)).isEqualTo(shape);
      assertThat(window.from()).isZero();
    }
  }

  @Test
  void gzipInsideGzipIsTold() throws IOException {
    Window window = new Window(gzip(gzip(utf8("a line\n"))));
    assertThat(Shape.inside(window)).isEqualTo(Shape.GZIP);
  }

  @Test
  void gzipThatCantBeOpenedTellsNothing() throws IOException {
    byte[] broken = gzip(utf8("a line"));
    broken[2] = 7;
    assertThat(Shape.inside(new Window(broken))).isEqualTo(Shape.OPEN);
    assertThat(Shape.inside(new Window(new byte[] {0x1F, (byte) 0x8B}))).isEqualTo(Shape.OPEN);
  }
}
