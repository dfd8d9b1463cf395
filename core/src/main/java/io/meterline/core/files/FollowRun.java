package io.meterline.core.files;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Delivers files while they are written, as {@code tail -F} reads them: those that are rotated away
 * to their end, then the new ones under their names.
 *
 * <p>It does nothing by itself: whoever calls {@link #look} again and again sets the pace. A
 * delivery that fails is tried again later, after waits that double.
 */
public final class FollowRun implements AutoCloseable {
  private static final long LIST_MILLIS = 1_000;
  private static final long FIRST_WAIT_MILLIS = 1_000;
  private static final long LONGEST_WAIT_MILLIS = 60_000;
  private static final long QUIET_MILLIS = 60_000;

  private final FileRun run;
  private final Listing listing;
  private final InstantSource clock;
  private final Pace pace;
  private final Troubles troubles;
  private final Map<Path, FollowedFile> files = new LinkedHashMap<>();
  private final Map<Path, Wait> failing = new LinkedHashMap<>();
  private long nextList;
  private boolean full;

  /** When a file is tried again that could not be delivered. */
  private record Wait(long until, long millis) {}

  /**
   * When to deliver.
   *
   * @param longest how long a line waits at most for more
   * @param enoughBytes so many bytes of a file do not wait
   * @param mostFiles so many files are held open at most
   */
  public record Pace(Duration longest, long enoughBytes, int mostFiles) {
    public Pace {
      requireNonNull(longest, "longest is null");
    }
  }

  /** Finds the files that are to be followed. */
  @FunctionalInterface
  public interface Listing {
    List<Path> files() throws IOException;
  }

  /** Receives what goes wrong, and that it does not any more. */
  public interface Troubles {
    void failed(Path file, IOException failure);

    void notice(String line);
  }

  public FollowRun(
      FileRun run, Listing listing, InstantSource clock, Pace pace, Troubles troubles) {
    this.run = requireNonNull(run, "run is null");
    this.listing = requireNonNull(listing, "listing is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.pace = requireNonNull(pace, "pace is null");
    this.troubles = requireNonNull(troubles, "troubles is null");
  }

  /** Looks at all files once, and delivers what is due. */
  public void look() throws IOException {
    run.startRound();
    long now = clock.millis();
    if (now >= nextList) {
      list();
      nextList = now + LIST_MILLIS;
    }
    for (Iterator<Map.Entry<Path, FollowedFile>> all = files.entrySet().iterator();
        all.hasNext(); ) {
      Map.Entry<Path, FollowedFile> entry = all.next();
      if (isDone(entry.getKey(), entry.getValue(), now)) {
        entry.getValue().close();
        all.remove();
      }
    }
  }

  private void list() throws IOException {
    for (Path file : listing.files()) {
      if (!files.containsKey(file)) {
        if (openFiles() < pace.mostFiles()) {
          files.put(file, new FollowedFile(run, file));
        } else if (!full) {
          full = true;
          troubles.notice(
              "more than %d files to follow: the others wait until some of these are gone"
                  .formatted(pace.mostFiles()));
        }
      }
    }
  }

  private int openFiles() {
    return files.values().stream().mapToInt(file -> Math.max(1, file.openFiles())).sum();
  }

  /** Delivers of the file what is due; true where it is gone, and delivered to its end. */
  private boolean isDone(Path path, FollowedFile file, long now) {
    Wait wait = failing.get(path);
    try {
      file.look(now);
      boolean gone = file.isGone(now, QUIET_MILLIS);
      boolean due = gone || file.isDue(now, pace.longest().toMillis(), pace.enoughBytes());
      if (due && (wait == null || now >= wait.until())) {
        file.deliver(!gone);
        works(path, file);
        return gone;
      }
    } catch (IOException e) {
      failed(path, e, wait);
    }
    return false;
  }

  private void works(Path path, FollowedFile file) {
    if (failing.remove(path) != null) {
      troubles.notice(file.name() + ": delivered again");
    }
  }

  private void failed(Path path, IOException failure, @Nullable Wait last) {
    if (last == null) {
      troubles.failed(path, failure);
    }
    long millis =
        last == null ? FIRST_WAIT_MILLIS : Math.min(2 * last.millis(), LONGEST_WAIT_MILLIS);
    failing.put(path, new Wait(clock.millis() + millis, millis));
  }

  /** Delivers what was written up to now; false where some of it could not be delivered. */
  public boolean finish() {
    long now = clock.millis();
    for (Map.Entry<Path, FollowedFile> entry : files.entrySet()) {
      FollowedFile file = entry.getValue();
      try {
        file.look(now);
        if (file.hasChanged()) {
          file.deliver(true);
          works(entry.getKey(), file);
        }
      } catch (IOException e) {
        failed(entry.getKey(), e, failing.get(entry.getKey()));
      }
    }
    return failing.isEmpty();
  }

  @Override
  public void close() throws IOException {
    for (FollowedFile file : files.values()) {
      file.close();
    }
  }
}
