package io.meterline.core.files;

import io.meterline.core.BatchId;
import io.meterline.core.delivery.DeliveryReport;
import io.meterline.core.delivery.PendingBatch;
import io.meterline.core.files.Checkpoint.Cut;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Consecutive cuts that are delivered side by side, while the next ones are filled: forcing each to
 * the disk, or waiting for the receiver's answer to each, is what takes the time.
 */
final class InFlightBatches implements AutoCloseable {
  private final Supplier<PendingBatch> newDelivering;
  private final List<PendingBatch> all = new ArrayList<>();
  private final Deque<PendingBatch> free = new ArrayDeque<>();
  private final List<Filled> filled = new ArrayList<>();
  private final List<Started> started = new ArrayList<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private PendingBatch found;

  /** A cut, and what was found in it. */
  private record Filled(Cut cut, BatchId id, PendingBatch found) {}

  /** Where the delivery of a cut's finds is waited for. */
  private record Started(PendingBatch found, Future<?> delivery) {}

  InFlightBatches(Supplier<PendingBatch> newDelivering) {
    this.newDelivering = newDelivering;
    this.found = newDelivering.get();
    all.add(found);
  }

  /** What is found in the stretch after the last cut. */
  PendingBatch found() {
    return found;
  }

  /** The cuts that are filled, and wait to be delivered. */
  List<Cut> cuts() {
    return filled.stream().map(Filled::cut).toList();
  }

  /** What they take in memory, roughly. */
  long bytes() {
    return filled.stream().mapToLong(one -> one.found().findings().bytes()).sum();
  }

  /** Ends a cut: what was found is delivered by this name, and what comes now is of the next. */
  void add(Cut cut, BatchId id) {
    filled.add(new Filled(cut, id, found));
    PendingBatch next = free.poll();
    if (next == null) {
      next = newDelivering.get();
      all.add(next);
    }
    found = next;
  }

  /** Starts to deliver those that are filled. */
  void start() {
    for (Filled one : filled) {
      PendingBatch found = one.found();
      Callable<Boolean> delivery =
          () -> {
            found.deliver(one.id(), one.cut().limits());
            return true;
          };
      started.add(new Started(found, threads.submit(delivery)));
    }
    filled.clear();
  }

  /**
   * Waits for all that were started; when this returns, they are safe.
   *
   * @throws IOException where one or more may not be; others may
   */
  void await() throws IOException {
    Throwable failure = null;
    for (Started one : started) {
      failure = and(failure, one.delivery());
      free.add(one.found());
    }
    started.clear();
    switch (failure) {
      case null -> {}
      case IOException e -> throw e;
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      default -> throw new IllegalStateException("no other is declared", failure);
    }
  }

  /** The first failure, with those of later cuts kept in it. */
  private static @Nullable Throwable and(@Nullable Throwable failure, Future<?> delivery)
      throws IOException {
    try {
      delivery.get();
      return failure;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      var interrupted = new InterruptedIOException("interrupted while it was delivered");
      interrupted.initCause(e);
      throw interrupted;
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      if (failure == null) {
        return cause;
      }
      failure.addSuppressed(cause);
      return failure;
    }
  }

  DeliveryReport report() {
    return all.stream()
        .map(PendingBatch::report)
        .reduce(DeliveryReport.NOTHING, DeliveryReport::and);
  }

  @Override
  public void close() {
    threads.close();
  }
}
