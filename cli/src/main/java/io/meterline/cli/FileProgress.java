package io.meterline.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongConsumer;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** A bar on standard error, where a person looks at it and the work is long enough for one. */
final class FileProgress implements AutoCloseable {
  private static final long LONG_WORK_BYTES = 64L * 1024 * 1024;
  private static final long MEBIBYTE = 1024 * 1024;

  private final @Nullable ProgressBar bar;
  private long before;

  private FileProgress(@Nullable ProgressBar bar) {
    this.bar = bar;
  }

  static FileProgress over(List<Path> files) {
    long bytes = 0;
    for (Path file : files) {
      try {
        bytes += Files.size(file);
      } catch (IOException e) {
        // That it is gone is said where it is opened.
      }
    }
    // Only the launcher can tell: Java knows of standard input and output alone.
    boolean watched = Boolean.getBoolean("meterline.stderr.terminal");
    if (!watched || bytes < LONG_WORK_BYTES) {
      return new FileProgress(null);
    }
    return new FileProgress(
        new ProgressBarBuilder()
            .setTaskName("meterline")
            .setInitialMax(bytes)
            .setUnit(" MiB", MEBIBYTE)
            .setStyle(ProgressBarStyle.ASCII)
            .setConsumer(new ConsoleProgressBarConsumer(System.err))
            .build());
  }

  /** What is to be told how many bytes of the file were read. */
  LongConsumer of(Path file) {
    ProgressBar shown = bar;
    if (shown == null) {
      return bytes -> {};
    }
    long start = before;
    try {
      before += Files.size(file);
    } catch (IOException e) {
      // The bar is off by one file; that it is gone is said where it is opened.
    }
    return bytes -> shown.stepTo(start + bytes);
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
