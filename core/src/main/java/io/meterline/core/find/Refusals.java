package io.meterline.core.find;

import io.meterline.core.Quarantined.BadRecord;
import io.meterline.core.record.LogEvent;
import io.meterline.core.record.Refusal;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The quarantine entries of one log event. Each shows the message: all of it. Of a long one with
 * many refused records only the first entry does, and the others the stretch that they are about;
 * else a message of a mebibyte would be written tens of thousands of times.
 */
final class Refusals {
  /** Up to here every entry of a message holds all of it, in bytes. */
  private static final int LONG_MESSAGE = 64 * 1024;

  private static final int EXCERPT = 256;

  private LogEvent event = new LogEvent();
  private Findings out = new Findings();
  private int count;

  /** Starts over with another event. */
  void of(LogEvent logEvent, Findings findings) {
    event = logEvent;
    out = findings;
    count = 0;
  }

  /** Adds the entry of a record that is in {@code text} from {@code from} on. */
  void add(Refusal refusal, byte[] text, int from, int to) {
    @Nullable Long timestamp = event.isTimed() ? event.timestamp() : null;
    byte[] message = event.message();
    boolean all = count++ == 0 || message.length <= LONG_MESSAGE;
    out.refuse(
        new BadRecord(
            refusal.reason(),
            refusal.detail(),
            event.origin(),
            event.id(),
            timestamp,
            all ? message : Arrays.copyOfRange(text, from, Math.min(to, from + EXCERPT))));
  }
}
