package io.meterline.core.lines;

import io.meterline.core.Origin;
import io.meterline.core.record.LocalTimes;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * What lines do not say of themselves.
 *
 * @param name what is before the offset in their ids: the file's absolute path, say
 * @param clock the time of a line that starts with none; null where such a line has no time, since
 *     it is read again and must be the same then
 * @param localTimes how times without a zone are read
 */
public record LineContext(
    Origin origin, String name, @Nullable InstantSource clock, LocalTimes localTimes) {
  /** Whose times without a zone are UTC. */
  public LineContext(Origin origin, String name, @Nullable InstantSource clock) {
    this(origin, name, clock, LocalTimes.utc());
  }

  /** The same, whose times without a zone are read so. */
  public LineContext with(LocalTimes otherTimes) {
    return new LineContext(origin, name, clock, otherTimes);
  }
}
