package io.meterline.core;

import java.io.IOException;

/** Where meter records are delivered, by several threads at once if need be. */
@FunctionalInterface
public interface MeterSink {
  /**
   * Delivers all of the batch. When it returns, every record is safe with the receiver; a batch
   * that comes again is stored once.
   *
   * @throws IOException where part of it may be missing: the batch is to be delivered again
   */
  Delivery deliver(Batch batch) throws IOException;
}
