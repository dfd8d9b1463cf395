package io.meterline.core.delivery;

import java.io.IOException;

/** Takes the meter records out of one Lambda event and delivers them. */
@FunctionalInterface
public interface Agent {
  /**
   * Delivers all that the event holds. When it returns, each marked line in it is with the receiver
   * or in quarantine.
   *
   * @throws NotDelivered where some of it may be missing: the event is to come again
   * @throws IOException where it is no such event at all
   */
  AgentReport deliver(byte[] event) throws IOException;
}
