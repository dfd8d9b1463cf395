package io.meterline.core.event;

import io.meterline.core.Origin;

/** Which log events a payload's document holds. */
public interface EventRange {
  Origin origin();

  /** The id of the first event; empty where there is none. */
  String firstId();

  /** The id of the last event; empty where there is none. */
  String lastId();

  /** The newest event's time in epoch milliseconds; {@link Long#MIN_VALUE} where none has one. */
  long newestTimestamp();
}
