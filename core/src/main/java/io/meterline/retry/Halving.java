package io.meterline.retry;

import static java.util.Objects.requireNonNull;

import io.meterline.Batch;
import io.meterline.BatchPart;
import io.meterline.Delivery;
import io.meterline.Origin;
import io.meterline.PartLimits;
import io.meterline.Quarantine;
import io.meterline.Quarantined;
import io.meterline.Reason;
import io.meterline.RecordBuffer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;

/**
 * Delivers batches to a receiver that takes or refuses a body as a whole: what it refuses is halved
 * until the record at fault stands alone. That one goes to quarantine, its neighbours are
 * delivered.
 */
public final class Halving {
  private static final int DETAIL_CHARACTERS = 500;

  private final Sender sender;
  private final Quarantine quarantine;

  public Halving(Sender sender, Quarantine quarantine) {
    this.sender = requireNonNull(sender, "sender is null");
    this.quarantine = requireNonNull(quarantine, "quarantine is null");
  }

  /** Delivers all of the batch, the refused records to the quarantine, in bodies within bounds. */
  public Delivery deliver(Batch batch, PartLimits bounds) throws IOException {
    var refused = new Refused(batch.firstRecord());
    Delivery delivery = Delivery.NOTHING;
    for (BatchPart part : batch.parts(bounds)) {
      delivery = delivery.and(deliver(part, refused));
    }
    if (refused.entries.isEmpty()) {
      return delivery;
    }
    quarantine.keep(batch.id(), refused.quarantinePart(), refused.entries);
    return delivery.and(Delivery.refused(refused.entries.size()));
  }

  private Delivery deliver(BatchPart part, Refused refused) throws IOException {
    try {
      sender.send(part);
      return Delivery.of(true);
    } catch (RefusedException e) {
      if (part.count() == 1) {
        refused.add(part, e);
        return Delivery.NOTHING;
      }
      int middle = (part.from() + part.to()) >>> 1;
      return deliver(part.between(part.from(), middle), refused)
          .and(deliver(part.between(middle, part.to()), refused));
    }
  }

  /** One body to the receiver. */
  @FunctionalInterface
  public interface Sender {
    /**
     * Returns when the receiver has taken the part.
     *
     * @throws RefusedException where it never will, because of what is in it
     * @throws IOException where it did not for another reason
     */
    void send(BatchPart part) throws IOException, RefusedException;
  }

  /** The refused records of one batch. */
  private static final class Refused {
    private final List<Quarantined> entries = new ArrayList<>();
    private final List<Long> positions = new ArrayList<>();

    Refused(long firstRecord) {
      positions.add(firstRecord);
    }

    void add(BatchPart part, RefusedException refusal) {
      RecordBuffer records = part.records();
      byte[] text =
          Arrays.copyOfRange(records.bytes(), records.from(part.from()), records.to(part.from()));
      positions.add((long) part.from());
      entries.add(
          new Quarantined.BadRecord(
              Reason.REFUSED, detail(refusal), Origin.UNKNOWN, "", null, text));
    }

    /** A receiver may refuse others when the batch comes again; those are then another part. */
    int quarantinePart() {
      var digest = new CRC32();
      digest.update(positions.toString().getBytes(StandardCharsets.US_ASCII));
      return Quarantine.REFUSED_PART + (int) (digest.getValue() & 0x3FFF_FFFF);
    }

    private static String detail(RefusedException refusal) {
      String text = String.valueOf(refusal.getMessage()).strip();
      return text.length() <= DETAIL_CHARACTERS ? text : text.substring(0, DETAIL_CHARACTERS) + "…";
    }
  }
}
