package io.meterline.local;

import java.util.List;
import java.util.OptionalInt;

/**
 * What became of a call of PutLogEvents.
 *
 * @param accepted the events that were taken, in the order of the call
 * @param tooNewLogEventStartIndex the index in the call of the first event that is more than 2
 *     hours ahead; it and all after it were not taken
 * @param tooOldLogEventEndIndex the index after the last event that is older than 14 days
 * @param expiredLogEventEndIndex the index after the last event that is older than the log group's
 *     retention
 */
public record PutLogEventsResult(
    List<StoredLogEvent> accepted,
    OptionalInt tooNewLogEventStartIndex,
    OptionalInt tooOldLogEventEndIndex,
    OptionalInt expiredLogEventEndIndex) {
  public PutLogEventsResult {
    accepted = List.copyOf(accepted);
  }
}
