package io.meterline.benchmarks.endtoend;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Recording;
import jdk.jfr.StackTrace;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordingFile;

/**
 * Where the processor time of the handler's invocations goes, by the samples that JFR takes of
 * threads while they run, native code included.
 */
final class Profile {
  /** By processor time; other systems than Linux lack it. */
  private static final String SAMPLE = "jdk.CPUTimeSample";

  private static final String LOST = "jdk.CPUTimeSamplesLost";
  private static final String INVOCATION = "io.meterline.Invocation";

  private final NavigableMap<Instant, Instant> invocations = new TreeMap<>();
  private final Map<Work, Integer> samples = new EnumMap<>(Work.class);
  private int failed;
  private long lost;

  private Profile() {}

  /** A stretch of time in which the handler runs. */
  @Name(INVOCATION)
  @Label("Invocation")
  @StackTrace(false)
  static final class Invocation extends jdk.jfr.Event {}

  /** Does the work, and looks on. */
  static Profile of(Runnable work, Duration between) throws IOException {
    Path file = Files.createTempFile("end-to-end", ".jfr");
    try (Recording recording = new Recording()) {
      recording.enable(INVOCATION).withoutThreshold();
      recording.enable(SAMPLE).withStackTrace().with("throttle", between.toMillis() + "ms");
      recording.enable(LOST);
      recording.start();
      work.run();
      recording.stop();
      recording.dump(file);
      Profile profile = new Profile();
      profile.read(file);
      return profile;
    } finally {
      Files.delete(file);
    }
  }

  private void read(Path file) throws IOException {
    List<RecordedEvent> taken = new ArrayList<>();
    for (RecordedEvent event : RecordingFile.readAllEvents(file)) {
      switch (event.getEventType().getName()) {
        case INVOCATION -> invocations.put(event.getStartTime(), event.getEndTime());
        case SAMPLE -> taken.add(event);
        case LOST -> lost += event.getInt("lostSamples");
        default -> throw new IOException("not asked for: " + event.getEventType().getName());
      }
    }
    taken.stream().filter(event -> isWithin(event.getStartTime())).forEach(this::count);
  }

  /** Nothing but the handler and its HTTP client runs meanwhile, whatever the thread. */
  private boolean isWithin(Instant time) {
    Map.Entry<Instant, Instant> last = invocations.floorEntry(time);
    return last != null && !time.isAfter(last.getValue());
  }

  private void count(RecordedEvent sample) {
    RecordedStackTrace stack = sample.getStackTrace();
    if (stack == null) {
      failed++;
    } else {
      samples.merge(work(stack.getFrames()), 1, Integer::sum);
    }
  }

  /** What the innermost frame is for that tells it. */
  private static Work work(List<RecordedFrame> frames) {
    return frames.stream()
        .map(frame -> Work.of(frame.getMethod().getType().getName()))
        .flatMap(Optional::stream)
        .findFirst()
        .orElse(Work.OTHER);
  }

  int total() {
    return samples.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** Of the samples whose stack is known, how many in a hundred. */
  double percent(Work work) {
    return 100.0 * samples.getOrDefault(work, 0) / Math.max(1, total());
  }

  /** Samples whose stack could not be walked. */
  int failed() {
    return failed;
  }

  /** Samples that were not kept at all, within invocations or not. */
  long lost() {
    return lost;
  }
}
