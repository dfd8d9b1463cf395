package io.meterline.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.samples.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

final class RecordBufferTest {
  private final RecordBuffer buffer = new RecordBuffer();

  private void add(String... records) {
    for (String record : records) {
      buffer.write(record);
      buffer.end();
    }
  }

  private static List<String> texts(RecordBuffer buffer) {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < buffer.count(); i++) {
      texts.add(Bytes.text(Arrays.copyOfRange(buffer.bytes(), buffer.from(i), buffer.to(i))));
    }
    return texts;
  }

  @Test
  void isEmptyAtFirst() {
    assertThat(buffer.isEmpty()).isTrue();
    assertThat(buffer.count()).isZero();
    assertThat(buffer.size()).isZero();
  }

  @Property(tries = 500)
  void recordsOfAnotherBufferAreAddedAsTheyAre(
      @ForAll @Size(max = 200) List<@AlphaChars @StringLength(max = 80) String> records,
      @ForAll @IntRange(max = 200) int from,
      @ForAll @IntRange(max = 200) int to) {
    RecordBuffer other = new RecordBuffer();
    add(other, records);
    if (!records.isEmpty()) {
      other.lend();
    }
    RecordBuffer all = new RecordBuffer();
    all.write("first");
    all.end();
    int last = Math.min(to, records.size());
    int first = Math.min(from, last);
    all.add(other, first, last);
    all.write("last");
    all.end();
    List<String> expected = new ArrayList<>(records.subList(first, last));
    expected.addFirst("first");
    expected.addLast("last");
    assertThat(texts(all)).isEqualTo(expected);
    assertThat(all.size()).isEqualTo(expected.stream().mapToInt(r -> r.length() + 1).sum());
  }

  @Property(tries = 500)
  void aBodyStaysWhatItIsAndTheRecordsGoOn(
      @ForAll @Size(min = 1, max = 30) List<@AlphaChars @StringLength(max = 80) String> records,
      @ForAll @Size(max = 300) List<@AlphaChars @StringLength(max = 80) String> more,
      @ForAll @IntRange(max = 30) int kept) {
    RecordBuffer lent = new RecordBuffer();
    add(lent, records);
    ByteBuffer body = lent.lend();
    assertThat(Bytes.text(lent.lend())).as("the second time").isEqualTo(Bytes.text(body));
    int left = Math.min(kept, records.size());
    lent.truncate(left);
    add(lent, more);
    assertThat(Bytes.text(body)).isEqualTo("[" + String.join(",", records) + "]");
    List<String> expected = new ArrayList<>(records.subList(0, left));
    expected.addAll(more);
    assertThat(texts(lent)).isEqualTo(expected);
    if (!expected.isEmpty()) {
      assertThat(Bytes.text(lent.lend())).isEqualTo("[" + String.join(",", expected) + "]");
    }
  }

  @Property(tries = 500)
  void aBodyThatWasTakenBackLeavesItsArrayToWhatComes(
      @ForAll @Size(min = 1, max = 30) List<@AlphaChars @StringLength(max = 80) String> records,
      @ForAll @Size(max = 5) List<@AlphaChars @StringLength(max = 8) String> more,
      @ForAll @IntRange(max = 30) int kept) {
    RecordBuffer lent = new RecordBuffer();
    add(lent, records);
    lent.reserve(1_000);
    byte[] array = lent.bytes();
    ByteBuffer body = lent.lend();
    lent.lend();
    lent.takeBack(body);
    assertThat(Bytes.text(body)).as("somebody reads it still").endsWith("]");
    lent.takeBack(body);
    lent.takeBack(ByteBuffer.allocate(1));
    assertThat(texts(lent)).isEqualTo(records);
    int left = Math.min(kept, records.size());
    lent.truncate(left);
    add(lent, more);
    assertThat(lent.bytes()).isSameAs(array);
    List<String> expected = new ArrayList<>(records.subList(0, left));
    expected.addAll(more);
    assertThat(texts(lent)).isEqualTo(expected);
  }

  @Test
  void aBodyThatIsReadStillIsLeftAloneWhenAnotherIsTakenBack() {
    add(buffer, List.of("a", "b"));
    ByteBuffer first = buffer.lend();
    ByteBuffer second = buffer.lend();
    buffer.takeBack(second);
    add(buffer, List.of("c"));
    assertThat(Bytes.text(first)).isEqualTo("[a,b]");
  }

  private static void add(RecordBuffer buffer, List<String> records) {
    for (String record : records) {
      buffer.write(record);
      buffer.end();
    }
  }

  @Test
  void whatIsWrittenInPiecesIsOneRecord() {
    byte[] source = Bytes.utf8("..é..");
    buffer.write('{');
    buffer.write("\"a\":\"");
    buffer.write(source, 2, 4);
    assertThat(buffer.isEmpty()).as("until it has ended").isTrue();
    buffer.write("\"}");
    buffer.end();
    assertThat(texts(buffer)).containsExactly("{\"a\":\"é\"}");
  }

  @Property(tries = 300)
  void recordsStandInOrderWithACommaBehindEach(
      @ForAll @Size(max = 200) List<@AlphaChars @StringLength(max = 300) String> records) {
    RecordBuffer filled = new RecordBuffer();
    for (String record : records) {
      filled.write(Bytes.utf8(record), 0, record.length());
      filled.end();
    }
    assertThat(texts(filled)).isEqualTo(records);
    String all = records.isEmpty() ? "" : String.join(",", records) + ",";
    int start = filled.from(0);
    assertThat(Bytes.text(Arrays.copyOfRange(filled.bytes(), start, start + filled.size())))
        .isEqualTo(all);
  }

  @Property(tries = 200)
  void truncatingKeepsTheFirstOnes(
      @ForAll @Size(min = 1, max = 100) List<@AlphaChars @StringLength(max = 50) String> records,
      @ForAll @IntRange(max = 100) int any) {
    int kept = Math.min(any, records.size());
    RecordBuffer filled = new RecordBuffer();
    records.forEach(
        record -> {
          filled.write(record);
          filled.end();
        });
    filled.write("half of a record");
    filled.truncate(kept);
    filled.write("new");
    filled.end();
    List<String> expected = new ArrayList<>(records.subList(0, kept));
    expected.add("new");
    assertThat(texts(filled)).isEqualTo(expected);
  }

  @Test
  void recordsOfAnotherBufferAreAddedBehind() {
    add("1", "2", "3", "4");
    RecordBuffer other = new RecordBuffer();
    other.write("0");
    other.end();
    other.add(buffer, 1, 3);
    assertThat(texts(other)).containsExactly("0", "2", "3");
  }

  @Test
  void linesEndWithALineFeedEach() throws IOException {
    add("1", "22");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    buffer.writeLines(out);
    assertThat(out).hasToString("1\n22\n");
  }

  @Test
  void reservingMakesRoomAndChangesNothing() {
    add("1");
    buffer.reserve(1_000_000);
    assertThat(buffer.bytes()).hasSizeGreaterThanOrEqualTo(1_000_002);
    assertThat(texts(buffer)).containsExactly("1");
  }
}
