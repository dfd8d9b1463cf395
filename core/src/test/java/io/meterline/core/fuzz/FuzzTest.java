package io.meterline.core.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.samples.Gzip;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.junit.jupiter.api.Test;

/**
 * Mutated inputs, each a function of the seed and its number: a run with the same seed tries the
 * same inputs, whatever the number of threads. The profile {@code fuzz} tries ten million.
 */
final class FuzzTest {
  private static final long INPUTS = Long.getLong("meterline.fuzz.inputs", 20_000);
  private static final long SEED = Long.getLong("meterline.fuzz.seed", 20_260_701);
  private static final long A_MILLION = 1_000_000;

  /** Inputs have a few kilobytes and take microseconds: a reader that needs so long hangs. */
  private static final Duration HANGS = Duration.ofSeconds(30);

  private final AtomicLong next = new AtomicLong();
  private final AtomicBoolean failed = new AtomicBoolean();
  private final int threads = INPUTS > A_MILLION ? Runtime.getRuntime().availableProcessors() : 1;
  private final AtomicReferenceArray<UnderWay> underWay = new AtomicReferenceArray<>(threads);

  @Test
  void noMutatedInputThrowsHangsOrLosesALine() throws InterruptedException, ExecutionException {
    System.out.printf("fuzz: %,d inputs, seed %d, %d threads%n", INPUTS, SEED, threads);
    long start = System.nanoTime();
    ExecutorService workers = Executors.newFixedThreadPool(threads, FuzzTest::daemon);
    List<Future<?>> works = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      int slot = i;
      works.add(workers.submit(() -> work(slot, start)));
    }
    workers.shutdown();
    while (!workers.awaitTermination(1, TimeUnit.SECONDS)) {
      failOnHang();
    }
    for (Future<?> work : works) {
      work.get();
    }
    long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
    System.out.printf("fuzz: %,d inputs in %d s, none failed%n", INPUTS, seconds);
    assertThat(next.get()).isGreaterThanOrEqualTo(INPUTS);
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "fuzz");
    thread.setDaemon(true);
    return thread;
  }

  private void work(int slot, long start) {
    Form[] forms = Form.values();
    List<List<byte[]>> corpora = new ArrayList<>();
    for (Form form : forms) {
      corpora.add(Corpus.of(form));
    }
    try (Trial trial = new Trial()) {
      for (long n = next.getAndIncrement(); n < INPUTS; n = next.getAndIncrement()) {
        if (failed.get()) {
          return;
        }
        SplittableRandom random = new SplittableRandom(SEED ^ (n * 0x9E37_79B9_7F4A_7C15L));
        int f = random.nextInt(forms.length);
        List<byte[]> corpus = corpora.get(f);
        byte[] valid = corpus.get(random.nextInt(corpus.size()));
        byte[] mutated = new Mutator(random, corpus).mutated(valid);
        byte[] input = forms[f] == Form.COMPRESSED ? Gzip.member(mutated) : mutated;
        underWay.set(slot, new UnderWay(n, forms[f], input, System.nanoTime()));
        run(trial, underWay.get(slot));
        if (n > 0 && n % A_MILLION == 0) {
          long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
          System.out.printf("fuzz: %,d inputs in %d s%n", n, seconds);
        }
      }
    } finally {
      underWay.set(slot, null);
    }
  }

  private void run(Trial trial, UnderWay input) {
    try {
      trial.run(input.form(), input.bytes(), input.number() % 4 == 0);
    } catch (RuntimeException | AssertionError | StackOverflowError e) {
      failed.set(true);
      throw new AssertionError(input + ": " + e.getMessage(), e);
    }
  }

  private void failOnHang() {
    for (int i = 0; i < threads; i++) {
      UnderWay input = underWay.get(i);
      if (input != null && System.nanoTime() - input.started() > HANGS.toNanos()) {
        throw new AssertionError(input + ": not done after " + HANGS);
      }
    }
  }

  /** The input that a thread is at. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record UnderWay(long number, Form form, byte[] bytes, long started) {
    @Override
    public String toString() {
      return "seed %d, input %d, %s, base64 %s"
          .formatted(SEED, number, form, Base64.getEncoder().encodeToString(bytes));
    }
  }
}
