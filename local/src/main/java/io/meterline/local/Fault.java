package io.meterline.local;

/** What can go wrong, each of which AWS says may happen. */
public enum Fault {
  /** The process ends at once. */
  CRASH,
  /** A new execution environment takes the place of a warm one. */
  COLD_START,
  /** The function ran to its end, but its answer doesn't arrive. */
  ANSWER_LOST,
  /** Lambda can't invoke the function just now; it is not asked. */
  INVOKE_THROTTLED,
  /** Lambda loses its checkpoint after a success and reads from the one before. */
  CHECKPOINT_LOST,
  /** An asynchronous event is invoked once more after a success. */
  INVOKED_TWICE,
  /** CloudWatch Logs delivers a payload again. */
  DELIVERED_TWICE,
  /** CloudWatch Logs delivers events again, in a payload with others. */
  PAYLOAD_RECUT,
  /** The destination takes the payload, but CloudWatch Logs takes that for a failure. */
  DELIVERY_ANSWER_LOST,
  /** The destination answers an error that CloudWatch Logs retries. */
  DELIVERY_THROTTLED,
  /** The destination answers an error that CloudWatch Logs doesn't retry. */
  DELIVERY_DENIED,
  /** A delivery takes long. */
  DELIVERY_DELAYED
}
