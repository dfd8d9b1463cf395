package io.meterline.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.meterline.core.BatchId;
import io.meterline.core.Delivery;
import io.meterline.core.Origin;
import io.meterline.core.Quarantine;
import io.meterline.core.Quarantined;
import io.meterline.core.Quarantined.BadPayload;
import io.meterline.core.Quarantined.BadRecord;
import io.meterline.core.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What every quarantine must do. A test class of one extends this and gives it a place that is
 * empty before each test.
 */
public abstract class QuarantineContract {
  private static final BatchId ID = Batches.id(0);
  private static final Origin ORIGIN = new Origin("123456789012", "/app/api", "i-1");

  /** A new adapter to the test's one place, as a process that starts makes it. */
  protected abstract Quarantine quarantine() throws IOException;

  /** The JSON text of each entry that is kept: those of an object in order, objects in any. */
  protected abstract List<String> kept() throws IOException;

  /** From now on these entries of this part of this batch can't be kept. */
  protected abstract void breakDown(BatchId id, int part, List<Quarantined> entries)
      throws IOException;

  /** Everything can be kept again, and what was kept is there. */
  protected abstract void recover() throws IOException;

  /** A test that interrupts its thread must not leave it so for the next one. */
  @AfterEach
  final void clearInterrupt() {
    Thread.interrupted();
  }

  @Test
  public final void entriesAreKeptAsTheyAreAndInOrder() throws IOException {
    List<Quarantined> entries = List.of(badRecord("a\nb \"Zürich\""), badPayload(), badRecord(""));
    assertThat(quarantine().keep(ID, 0, entries)).isEqualTo(new Delivery(1, 0));
    assertThat(kept()).containsExactlyElementsOf(texts(entries));
  }

  @Test
  public final void entriesThatComeAgainAreKeptOnce() throws IOException {
    List<Quarantined> entries = List.of(badRecord("one"), badPayload());
    Quarantine quarantine = quarantine();
    quarantine.keep(ID, 0, entries);
    assertThat(quarantine.keep(ID, 0, entries)).isEqualTo(new Delivery(0, 1));
    assertThat(quarantine().keep(ID, 0, entries)).isEqualTo(new Delivery(0, 1));
    assertThat(kept()).containsExactlyElementsOf(texts(entries));
  }

  @Test
  public final void noEntriesWriteNothing() throws IOException {
    assertThat(quarantine().keep(ID, 0, List.of())).isEqualTo(Delivery.NOTHING);
    assertThat(kept()).isEmpty();
  }

  @Test
  public final void partsAndBatchesDoNotHideEachOther() throws IOException {
    Quarantine quarantine = quarantine();
    List<Quarantined> first = List.of(badRecord("part 0"));
    List<Quarantined> second = List.of(badRecord("part 1"));
    List<Quarantined> third = List.of(badRecord("another batch"));
    quarantine.keep(ID, 0, first);
    quarantine.keep(ID, 1, second);
    quarantine.keep(Batches.id(1), 0, third);
    assertThat(kept())
        .containsExactlyInAnyOrder(
            texts(first).getFirst(), texts(second).getFirst(), texts(third).getFirst());
  }

  /** As where a limit or a marker was changed before the batch came again. */
  @Test
  public final void otherEntriesOfTheSamePartDoNotHideBehindThoseThatAreThere() throws IOException {
    Quarantine quarantine = quarantine();
    List<Quarantined> first = List.of(badRecord("one"));
    List<Quarantined> second = List.of(badRecord("one"), badRecord("two"));
    quarantine.keep(ID, 0, first);
    assertThat(quarantine.keep(ID, 0, second)).isEqualTo(new Delivery(1, 0));
    assertThat(kept()).containsAll(texts(second));
  }

  @Test
  public final void anEntryWhoseDetailIsWordedOtherwiseIsTheSame() throws IOException {
    Quarantine quarantine = quarantine();
    quarantine.keep(ID, 0, List.of(refused("request 1: no")));
    assertThat(quarantine.keep(ID, 0, List.of(refused("request 2: no"))))
        .isEqualTo(new Delivery(0, 1));
  }

  @Test
  public final void whatCouldNotBeKeptIsNotAcknowledgedAndCanBeHandedOverAgain()
      throws IOException {
    List<Quarantined> entries = List.of(badRecord("one"), badRecord("two"));
    breakDown(ID, 0, entries);
    Quarantine quarantine = quarantine();
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> quarantine.keep(ID, 0, entries))
        .satisfies(failure -> assertThat(failure.getMessage()).isNotBlank());
    recover();
    assertThat(kept()).isEmpty();
    quarantine.keep(ID, 0, entries);
    assertThat(kept()).containsExactlyElementsOf(texts(entries));
  }

  @Test
  public final void anInterruptedCallLeavesNothingHalf() throws IOException {
    List<Quarantined> entries = List.of(badRecord("one"), badRecord("two"));
    Thread.currentThread().interrupt();
    boolean acknowledged;
    try {
      quarantine().keep(ID, 0, entries);
      acknowledged = true;
    } catch (IOException e) {
      acknowledged = false;
    } finally {
      Thread.interrupted();
    }
    assertThat(kept()).hasSize(acknowledged || !kept().isEmpty() ? entries.size() : 0);
    quarantine().keep(ID, 0, entries);
    assertThat(kept()).containsExactlyElementsOf(texts(entries));
  }

  private static Quarantined badRecord(String message) {
    byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
    return new BadRecord(
        Reason.MISSING_FIELD, "customerId is missing", ORIGIN, "3690", 1_663_094_105_062L, bytes);
  }

  private static Quarantined refused(String detail) {
    byte[] bytes = "{}".getBytes(StandardCharsets.UTF_8);
    return new BadRecord(Reason.REFUSED, detail, Origin.UNKNOWN, "", null, bytes);
  }

  private static Quarantined badPayload() {
    return new BadPayload(
        Reason.UNDECODABLE_PAYLOAD,
        "byte 0: neither gzip nor JSON",
        Origin.UNKNOWN,
        "4954",
        new byte[] {0, (byte) 0xFF, '\n'});
  }

  private static List<String> texts(List<Quarantined> entries) {
    return entries.stream()
        .map(entry -> new String(entry.toJson(), StandardCharsets.UTF_8))
        .toList();
  }
}
