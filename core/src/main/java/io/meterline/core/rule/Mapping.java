package io.meterline.core.rule;

/**
 * Rules that make records of log events which have no marker. One serves all threads; each takes a
 * mapper of its own.
 */
@FunctionalInterface
public interface Mapping {
  /** No rules: only what follows a marker is a record. */
  Mapping NONE = () -> (event, out) -> {};

  /** A mapper for one thread: it may work in buffers of its own. */
  Mapper mapper();
}
