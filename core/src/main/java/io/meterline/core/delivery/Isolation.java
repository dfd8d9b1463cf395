package io.meterline.core.delivery;

import static java.util.Objects.requireNonNull;

import io.meterline.core.Batch;
import io.meterline.core.BatchPart;
import io.meterline.core.Delivery;
import io.meterline.core.PartLimits;
import io.meterline.core.Quarantine;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Delivers batches to a receiver that may refuse a body as a whole. Where it accepts some records,
 * the refused ones are isolated and go to quarantine; where it accepts none, the {@link
 * RefusalPolicy} decides, since more likely a setting is wrong than every record.
 */
public final class Isolation {
  private final String receiver;
  private final Sender sender;
  private final Quarantine quarantine;
  private final RefusalPolicy policy;
  private final AtomicBoolean acceptedBefore = new AtomicBoolean();

  /**
   * @param receiver its name, for messages
   */
  public Isolation(String receiver, Sender sender, Quarantine quarantine, RefusalPolicy policy) {
    this.receiver = requireNonNull(receiver, "receiver is null");
    this.sender = requireNonNull(sender, "sender is null");
    this.quarantine = requireNonNull(quarantine, "quarantine is null");
    this.policy = requireNonNull(policy, "policy is null");
  }

  /**
   * Delivers all of the batch, the refused records to the quarantine, in bodies within bounds.
   *
   * @throws RefusedException where nothing was accepted and the policy says that the batch fails
   */
  public Delivery deliver(Batch batch, PartLimits bounds) throws IOException {
    var isolation = new BatchIsolation(receiver, batch, sender, policy, acceptedBefore.get());
    try {
      return isolation.deliver(bounds, quarantine);
    } finally {
      if (isolation.hasAccepted()) {
        acceptedBefore.set(true);
      }
    }
  }

  /** Sends one body to the receiver. */
  @FunctionalInterface
  public interface Sender {
    /**
     * What the receiver answered.
     *
     * @throws IOException where it did not answer for the records in the body
     */
    BodyAnswer send(BatchPart part) throws IOException;
  }
}
