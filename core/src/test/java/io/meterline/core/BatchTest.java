package io.meterline.core;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.meterline.samples.Bytes;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

final class BatchTest {
  private static final BatchId ID = new BatchId("source", "shard", "1", "2", 0);

  private static Batch batch(PartLimits limits, List<String> records) {
    RecordBuffer buffer = new RecordBuffer();
    for (String record : records) {
      buffer.write(record);
      buffer.end();
    }
    return new Batch(ID, buffer, limits);
  }

  private static List<String> bodies(List<BatchPart> parts) {
    return parts.stream().map(part -> Bytes.text(BodyFormat.JSON.body(part))).toList();
  }

  @Test
  void aBatchWithoutRecordsHasNoParts() {
    assertThat(batch(PartLimits.NONE, List.of()).parts(PartLimits.NONE)).isEmpty();
  }

  @Test
  void aBatchWithoutBoundsIsOnePart() {
    Batch batch = batch(PartLimits.NONE, List.of("1", "2", "3"));
    assertThat(bodies(batch.parts(PartLimits.NONE))).containsExactly("[1,2,3]");
  }

  @Test
  void partsAreFullBeforeTheNextStarts() {
    Batch batch = batch(new PartLimits(2, 100), List.of("1", "2", "3", "4", "5"));
    assertThat(bodies(batch.parts(PartLimits.NONE))).containsExactly("[1,2]", "[3,4]", "[5]");
  }

  @Test
  void bytesAreThoseOfRecordsAndTheCommasBetweenThem() {
    List<String> records = List.of("11", "22", "33");
    assertThat(bodies(batch(new PartLimits(9, 5), records).parts(PartLimits.NONE)))
        .containsExactly("[11,22]", "[33]");
    assertThat(bodies(batch(new PartLimits(9, 4), records).parts(PartLimits.NONE)))
        .containsExactly("[11]", "[22]", "[33]");
  }

  @Test
  void aRecordAboveTheBoundIsAPartOfItsOwn() {
    Batch batch = batch(new PartLimits(9, 3), List.of("1", "22222", "3", "4"));
    assertThat(bodies(batch.parts(PartLimits.NONE))).containsExactly("[1]", "[22222]", "[3,4]");
  }

  @Test
  void theTighterBoundHolds() {
    Batch batch = batch(new PartLimits(3, 100), List.of("1", "2", "3", "4"));
    assertThat(bodies(batch.parts(new PartLimits(100, 3)))).containsExactly("[1,2]", "[3,4]");
    assertThat(bodies(batch.parts(new PartLimits(1, 100)))).hasSize(4);
  }

  @Property(tries = 500)
  void partsHoldAllRecordsInOrderWithinTheirBounds(
      @ForAll @Size(max = 60) List<@AlphaChars @StringLength(min = 1, max = 20) String> records,
      @ForAll @IntRange(min = 1, max = 10) int maxRecords,
      @ForAll @IntRange(min = 1, max = 60) int maxBytes) {
    List<BatchPart> parts =
        batch(new PartLimits(maxRecords, maxBytes), records).parts(PartLimits.NONE);
    List<String> bodies = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      BatchPart part = parts.get(i);
      assertThat(part.from()).isEqualTo(i == 0 ? 0 : parts.get(i - 1).to());
      assertThat(part.count()).isBetween(1, maxRecords);
      String body = Bytes.text(BodyFormat.NDJSON.body(part));
      assertThat(part.count() == 1 || body.length() - 1 <= maxBytes).isTrue();
      bodies.add(body);
    }
    String all = records.stream().map(record -> record + "\n").collect(joining());
    assertThat(String.join("", bodies)).isEqualTo(all);
    assertThat(parts.stream().map(BatchPart::name).distinct()).hasSameSizeAs(parts);
  }

  /** Names must stay the same from release to release: a retry after an upgrade is stored once. */
  @Test
  void anObjectKeepsItsName() {
    Batch batch = batch(PartLimits.NONE, List.of("1", "22"));
    assertThat(batch.parts(PartLimits.NONE).getFirst().name())
        .isEqualTo("0cc17b9b9a86078dca0562780f903d72a37948f2");
  }

  @Test
  void whatIsInAPartAndWhereItStandsMakeItsName() {
    RecordBuffer records = batch(PartLimits.NONE, List.of("1", "2", "1", "2", "3")).records();
    BatchPart part = new BatchPart(ID, 0, records, 0, 2);
    List<BatchPart> others =
        List.of(
            new BatchPart(ID, 0, records, 0, 3),
            new BatchPart(ID, 0, records, 0, 1),
            new BatchPart(ID, 0, records, 2, 4),
            new BatchPart(ID, 2, records, 0, 2),
            new BatchPart(ID, 0, records, 3, 5));
    assertThat(others).extracting(BatchPart::name).doesNotContain(part.name());
    assertThat(new BatchPart(ID, 2, records, 0, 2).name())
        .as("the same records, handed on earlier or later")
        .isEqualTo(new BatchPart(ID, 0, records, 2, 4).name());
  }

  @Test
  void boundsAreOneOrMore() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PartLimits(0, 1))
        .withMessageContaining("0 records");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PartLimits(1, 0))
        .withMessageContaining("0 bytes");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Limits(0, 1, 1))
        .withMessage("maxRecordBytes must be 1 or more, not 0");
  }
}
