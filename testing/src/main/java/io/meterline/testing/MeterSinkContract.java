package io.meterline.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.meterline.core.Batch;
import io.meterline.core.BatchId;
import io.meterline.core.BatchPart;
import io.meterline.core.Delivery;
import io.meterline.core.MeterSink;
import io.meterline.core.PartLimits;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What every sink must do. A test class of a sink extends this and gives it a receiver that is
 * empty before each test.
 *
 * <p>Parts here hold a few records of some hundred bytes, well within what any sink may bound more
 * tightly itself.
 */
public abstract class MeterSinkContract {
  /** A new adapter to the test's one receiver, as a process that starts makes it. */
  protected abstract MeterSink sink() throws IOException;

  /**
   * The record texts of each object, message or request that the receiver holds, in any order of
   * objects. A receiver that recognises duplicates itself stores it once.
   */
  protected abstract List<List<String>> objects() throws IOException;

  /** From now on the receiver does not take this part; others it may take or not. */
  protected abstract void breakDown(BatchPart part) throws IOException;

  /** The receiver takes everything again, and holds what it held. */
  protected abstract void recover() throws IOException;

  /** Whether the adapter learns that an object had been stored before. */
  protected boolean learnsWhatIsAlreadyThere() {
    return true;
  }

  /** A test that interrupts its thread must not leave it so for the next one. */
  @AfterEach
  final void clearInterrupt() {
    Thread.interrupted();
  }

  @Test
  public final void recordsArriveByteForByte() throws IOException {
    List<String> records =
        List.of(
            "{\"meterApiName\":\"gb\",\"customerId\":\"c\",\"meterValue\":1.10,\"meterTimeInMillis\":5,\"uniqueId\":\"a\"}",
            "{\"meterApiName\":\"gb\",\"customerId\":\"\\u00e9\",\"meterValue\":1E3,\"meterTimeInMillis\":5,\"uniqueId\":\"b\"}",
            "{\"customerId\":\"Zürich 😀\",\"values\":{\"gb\":-0.0},\"meterTimeInMillis\":5,\"uniqueId\":\"c\"}");
    sink().deliver(Batches.of(Batches.id(0), records, PartLimits.NONE));
    assertThat(delivered()).containsExactlyElementsOf(records);
  }

  @Test
  public final void recordsOfABatchKeepTheirOrder() throws IOException {
    sink().deliver(Batches.of(0, 7));
    assertThat(delivered()).containsExactlyElementsOf(Batches.records(0, 7));
  }

  @Test
  public final void aDeliveryTellsWhatItStored() throws IOException {
    assertThat(sink().deliver(Batches.of(0, 5, new PartLimits(2, 10_000))))
        .isEqualTo(new Delivery(3, 0));
  }

  @Test
  public final void redeliveringABatchStoresItOnce() throws IOException {
    MeterSink sink = sink();
    Batch batch = Batches.of(0, 5, new PartLimits(2, 10_000));
    sink.deliver(batch);
    Delivery again = sink.deliver(batch);
    assertThat(delivered()).containsExactlyInAnyOrderElementsOf(Batches.records(0, 5));
    if (learnsWhatIsAlreadyThere()) {
      assertThat(again).isEqualTo(new Delivery(0, 3));
    }
  }

  @Test
  public final void redeliveringABatchFromAnotherProcessStoresItOnce() throws IOException {
    sink().deliver(Batches.of(0, 5, new PartLimits(2, 10_000)));
    sink().deliver(Batches.of(0, 5, new PartLimits(2, 10_000)));
    assertThat(delivered()).containsExactlyInAnyOrderElementsOf(Batches.records(0, 5));
  }

  @Test
  public final void batchesDeliveredSideBySideAreEachStoredOnce() throws Exception {
    MeterSink sink = sink();
    List<Callable<Delivery>> deliveries = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      Batch batch = Batches.of(10 * i, 3, new PartLimits(2, 10_000));
      deliveries.add(() -> sink.deliver(batch));
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Delivery> delivery : threads.invokeAll(deliveries)) {
        assertThat(delivery.get()).isEqualTo(new Delivery(2, 0));
      }
    }
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      expected.addAll(Batches.records(10 * i, 3));
    }
    assertThat(delivered()).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  public final void anEmptyBatchWritesNothing() throws IOException {
    assertThat(sink().deliver(Batches.of(0, 0))).isEqualTo(Delivery.NOTHING);
    assertThat(objects()).isEmpty();
  }

  @Test
  public final void anObjectHoldsNoMoreRecordsThanItsBound() throws IOException {
    sink().deliver(Batches.of(0, 5, new PartLimits(2, 10_000)));
    assertThat(objects())
        .containsExactlyInAnyOrder(
            Batches.records(0, 2), Batches.records(2, 2), Batches.records(4, 1));
  }

  @Test
  public final void anObjectHoldsNoMoreBytesThanItsBound() throws IOException {
    int twoRecords = 2 * Batches.record(0).length() + 1;
    sink().deliver(Batches.of(0, 5, new PartLimits(100, twoRecords)));
    assertThat(objects())
        .containsExactlyInAnyOrder(
            Batches.records(0, 2), Batches.records(2, 2), Batches.records(4, 1));
  }

  @Test
  public final void aRecordLongerThanTheBoundStandsAlone() throws IOException {
    sink().deliver(Batches.of(0, 3, new PartLimits(100, 1)));
    assertThat(objects())
        .containsExactlyInAnyOrder(
            Batches.records(0, 1), Batches.records(1, 1), Batches.records(2, 1));
  }

  @Test
  public final void stretchesThatDifferInOneWordDoNotHideEachOther() throws IOException {
    MeterSink sink = sink();
    long day = Batches.NEWEST_ARRIVAL;
    List<BatchId> ids =
        List.of(
            new BatchId("s", "h", "1", "2", day),
            new BatchId("t", "h", "1", "2", day),
            new BatchId("s", "i", "1", "2", day),
            new BatchId("s", "h", "0", "2", day),
            new BatchId("s", "h", "1", "3", day),
            new BatchId("sh", "", "1", "2", day));
    for (int i = 0; i < ids.size(); i++) {
      sink.deliver(Batches.of(ids.get(i), Batches.records(i, 1), PartLimits.NONE));
    }
    assertThat(delivered()).containsExactlyInAnyOrderElementsOf(Batches.records(0, ids.size()));
  }

  /** As where a bound or a marker was changed before the batch came again. */
  @Test
  public final void aBatchThatHoldsMoreThanBeforeDoesNotHideBehindTheObjectThatIsThere()
      throws IOException {
    MeterSink sink = sink();
    sink.deliver(Batches.of(0, 3));
    sink.deliver(Batches.of(Batches.id(0), Batches.records(0, 5), PartLimits.NONE));
    assertThat(delivered()).containsAll(Batches.records(0, 5));
  }

  @Test
  public final void aFailedDeliveryIsNotAcknowledgedAndCanBeMadeAgain() throws IOException {
    Batch batch = Batches.of(0, 3);
    breakDown(batch.parts(PartLimits.NONE).getFirst());
    MeterSink sink = sink();
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> sink.deliver(batch))
        .satisfies(failure -> assertThat(failure.getMessage()).isNotBlank());
    recover();
    assertThat(objects()).isEmpty();
    sink.deliver(batch);
    assertThat(delivered()).containsExactlyElementsOf(Batches.records(0, 3));
  }

  @Test
  public final void aBatchThatFailedHalfwayIsCompletedByDeliveringItAgain() throws IOException {
    Batch batch = Batches.of(0, 6, new PartLimits(2, 10_000));
    breakDown(batch.parts(PartLimits.NONE).get(1));
    assertThatExceptionOfType(IOException.class).isThrownBy(() -> sink().deliver(batch));
    recover();
    assertThat(delivered()).doesNotContainAnyElementsOf(Batches.records(2, 2));
    sink().deliver(batch);
    assertThat(delivered()).containsExactlyInAnyOrderElementsOf(Batches.records(0, 6));
  }

  @Test
  public final void anInterruptedDeliveryLeavesNothingHalf() throws IOException {
    Batch batch = Batches.of(0, 6, new PartLimits(2, 10_000));
    Thread.currentThread().interrupt();
    boolean acknowledged;
    try {
      sink().deliver(batch);
      acknowledged = true;
    } catch (IOException e) {
      acknowledged = false;
    } finally {
      Thread.interrupted();
    }
    List<List<String>> parts = batch.parts(PartLimits.NONE).stream().map(Batches::texts).toList();
    assertThat(objects()).isSubsetOf(parts);
    if (acknowledged) {
      assertThat(delivered()).containsExactlyInAnyOrderElementsOf(Batches.records(0, 6));
    }
    sink().deliver(batch);
    assertThat(delivered()).containsExactlyInAnyOrderElementsOf(Batches.records(0, 6));
  }

  @Test
  public final void aDeliveryLeavesTheBatchAsItWas() throws IOException {
    Batch batch = Batches.of(0, 5, new PartLimits(2, 10_000));
    sink().deliver(batch);
    assertThat(Batches.texts(batch)).isEqualTo(Batches.records(0, 5));
  }

  private List<String> delivered() throws IOException {
    return objects().stream().flatMap(List::stream).toList();
  }
}
