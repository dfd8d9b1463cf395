package io.meterline.cli;

import io.meterline.ledger.LoadListener;
import io.meterline.ledger.place.ObjectSource;
import io.meterline.ledger.place.PlacedObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.stream.Stream;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Says which objects were put into quarantine, and shows a bar where a person looks at it. */
final class LoadProgress implements LoadListener, AutoCloseable {
  private static final long LONG_WORK_BYTES = 64L * 1024 * 1024;
  private static final long MEBIBYTE = 1024 * 1024;

  private final PrintWriter words;
  private final @Nullable ProgressBar bar;

  private LoadProgress(PrintWriter words, @Nullable ProgressBar bar) {
    this.words = words;
    this.bar = bar;
  }

  static LoadProgress over(ObjectSource source, PrintWriter words) throws IOException {
    // Only the launcher can tell: Java knows of standard input and output alone.
    if (!Boolean.getBoolean("meterline.stderr.terminal")) {
      return new LoadProgress(words, null);
    }
    long bytes;
    try (Stream<PlacedObject> objects = source.objects()) {
      bytes = objects.mapToLong(PlacedObject::bytes).sum();
    }
    if (bytes < LONG_WORK_BYTES) {
      return new LoadProgress(words, null);
    }
    return new LoadProgress(
        words,
        new ProgressBarBuilder()
            .setTaskName("meterline")
            .setInitialMax(bytes)
            .setUnit(" MiB", MEBIBYTE)
            .setStyle(ProgressBarStyle.ASCII)
            .setConsumer(new ConsoleProgressBarConsumer(System.err))
            .build());
  }

  @Override
  public void passed(String key, long bytes) {
    if (bar != null) {
      bar.stepBy(bytes);
    }
  }

  @Override
  public void complaint(String key, String why) {
    words.println("meterline: " + key + ": " + why);
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
