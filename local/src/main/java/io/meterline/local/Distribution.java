package io.meterline.local;

/** How a subscription filter spreads payloads over a stream's shards. */
public enum Distribution {
  /** All of a log stream to one shard, the default. */
  BY_LOG_STREAM,
  RANDOM
}
