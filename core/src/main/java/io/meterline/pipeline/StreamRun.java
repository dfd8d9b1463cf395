package io.meterline.pipeline;

import static java.util.Objects.requireNonNull;

import io.meterline.BatchId;
import io.meterline.MeterSink;
import io.meterline.PartLimits;
import io.meterline.Quarantine;
import io.meterline.source.Source;
import java.io.IOException;
import java.time.InstantSource;

/** Delivers a stream that can be read only once, such as standard input. */
public final class StreamRun {
  private final MeterSink sink;
  private final Quarantine quarantine;
  private final PartLimits limits;
  private final InstantSource clock;

  public StreamRun(MeterSink sink, Quarantine quarantine, PartLimits limits, InstantSource clock) {
    this.sink = requireNonNull(sink, "sink is null");
    this.quarantine = requireNonNull(quarantine, "quarantine is null");
    this.limits = requireNonNull(limits, "limits is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /**
   * Delivers all of the source.
   *
   * @param name a word that no other stream has
   * @throws IOException where it can't be read to its end or something can't be written; what was
   *     found before was delivered where that was possible
   */
  public RunReport deliver(Source source, String name) throws IOException {
    Delivering found = new Delivering(sink, quarantine);
    IOException broken = null;
    long from = 0;
    boolean more = true;
    while (more) {
      try {
        more = source.next(found.extraction());
      } catch (IOException e) {
        broken = e;
        more = false;
      }
      if (!found.isEmpty() && (!more || found.isFull(limits))) {
        long to = source.offset();
        String first = Long.toString(from);
        found.deliver(
            new BatchId(name, "", first, Long.toString(to), found.newest(clock.millis())), limits);
        from = to;
      }
    }
    if (broken != null) {
      throw broken;
    }
    return found.report();
  }
}
