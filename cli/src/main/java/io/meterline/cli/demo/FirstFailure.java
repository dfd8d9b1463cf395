package io.meterline.cli.demo;

import io.meterline.core.MeterSink;
import io.meterline.core.Quarantine;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The first failure that nobody made on purpose, such as a full disk. Agents would try again for
 * ever; a demo is better ended with a word.
 */
final class FirstFailure {
  private final AtomicReference<@Nullable Throwable> first = new AtomicReference<>();

  void report(Throwable failure) {
    first.compareAndSet(null, failure);
  }

  Optional<Throwable> first() {
    return Optional.ofNullable(first.get());
  }

  MeterSink watch(MeterSink sink) {
    return batch -> {
      try {
        return sink.deliver(batch);
      } catch (IOException e) {
        report(e);
        throw e;
      }
    };
  }

  Quarantine watch(Quarantine quarantine) {
    return (id, part, entries) -> {
      try {
        return quarantine.keep(id, part, entries);
      } catch (IOException e) {
        report(e);
        throw e;
      }
    };
  }
}
