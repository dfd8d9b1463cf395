package io.meterline.cli.demo;

import io.meterline.local.InputLogEvent;
import io.meterline.local.LogGroup;
import io.meterline.local.RealTime;
import io.meterline.local.StoredLogEvent;
import io.meterline.local.Timeline;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/** Puts lines from any thread to a log stream, in the thread that the local AWS lives in. */
final class LogWriter {
  private static final int MOST_EVENTS = 1000;
  private static final int MOST_BYTES = 700_000;
  private static final String LOG_STREAM = "2026/11/01/[$LATEST]4f1d6c0e";

  private final LogGroup group;
  private final Timeline timeline;
  private final RealTime driver;
  private final Listener listener;
  private final Queue<Line> lines = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean flushing = new AtomicBoolean();

  LogWriter(LogGroup group, Timeline timeline, RealTime driver, Listener listener) {
    this.group = group;
    this.timeline = timeline;
    this.driver = driver;
    this.listener = listener;
  }

  /** Receives each log event before it is sent on. */
  @FunctionalInterface
  interface Listener {
    /**
     * Takes word of an event.
     *
     * @param called when the call came in that it tells of
     */
    void logged(LogGroup group, StoredLogEvent event, Instant called);
  }

  void log(String line, Instant called) {
    lines.add(new Line(line, called));
    if (flushing.compareAndSet(false, true)) {
      driver.execute(this::flush);
    }
  }

  /** Whether all lines are in the log group. */
  boolean isDone() {
    return lines.isEmpty();
  }

  private void flush() {
    flushing.set(false);
    List<Line> batch = new ArrayList<>();
    int bytes = 0;
    for (Line line = lines.poll(); line != null; line = lines.poll()) {
      batch.add(line);
      bytes += line.text().length();
      if (batch.size() == MOST_EVENTS || bytes > MOST_BYTES) {
        put(batch);
        batch.clear();
        bytes = 0;
      }
    }
    if (!batch.isEmpty()) {
      put(batch);
    }
  }

  private void put(List<Line> batch) {
    Instant now = timeline.instant();
    List<StoredLogEvent> events =
        group
            .putLogEvents(
                LOG_STREAM,
                batch.stream().map(line -> new InputLogEvent(now, line.text())).toList())
            .accepted();
    if (events.size() != batch.size()) {
      throw new IllegalStateException("%s did not take all lines".formatted(group.name()));
    }
    for (int i = 0; i < events.size(); i++) {
      listener.logged(group, events.get(i), batch.get(i).called());
    }
  }

  private record Line(String text, Instant called) {}
}
