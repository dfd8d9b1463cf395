package io.meterline.core.delivery;

import io.meterline.core.Batch;
import io.meterline.core.BatchPart;
import io.meterline.core.Delivery;
import io.meterline.core.PartLimits;
import io.meterline.core.Quarantine;
import io.meterline.core.retry.TimeLeft;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** The delivery of one batch: first all bodies, then the refused ones in smaller bodies. */
final class BatchIsolation {
  /** So many records, sent alone, tell a receiver that refuses everything from bad records. */
  private static final int PROBES = 32;

  /** So many requests are spent on the isolation of one batch's refused records. */
  private static final int MAX_REQUESTS = 2_000;

  /** A quarter of the time is left for the quarantine, but not more than this. */
  private static final Duration MAX_RESERVE = Duration.ofSeconds(10);

  private final String receiver;
  private final Batch batch;
  private final Isolation.Sender sender;
  private final RefusalPolicy policy;
  private final boolean acceptedBefore;
  private final List<RefusedBody> refusedBodies = new ArrayList<>();
  private final RefusedRecords refused;

  /** The records that need not be sent again. */
  private final BitSet settled = new BitSet();

  private final Duration reserve = TimeLeft.atMost(MAX_RESERVE.multipliedBy(4)).dividedBy(4);
  private boolean hasAccepted;
  private int requests;
  private Delivery delivery = Delivery.NOTHING;

  BatchIsolation(
      String receiver,
      Batch batch,
      Isolation.Sender sender,
      RefusalPolicy policy,
      boolean acceptedBefore) {
    this.receiver = receiver;
    this.batch = batch;
    this.sender = sender;
    this.policy = policy;
    this.acceptedBefore = acceptedBefore;
    this.refused = new RefusedRecords(batch);
  }

  /** A stretch of the batch that was refused as one body. */
  private record RefusedBody(int from, int to, Refusal refusal) {
    boolean isOneRecord() {
      return to - from == 1;
    }
  }

  private record Refusal(String status, String quote, boolean isForSize) {
    String detail() {
      return quote.isEmpty() ? status : status + ": " + quote;
    }
  }

  boolean hasAccepted() {
    return hasAccepted;
  }

  Delivery deliver(PartLimits bounds, Quarantine quarantine) throws IOException {
    for (BatchPart part : batch.parts(bounds)) {
      send(part)
          .ifPresent(
              refusal -> refusedBodies.add(new RefusedBody(part.from(), part.to(), refusal)));
    }
    if (!refusedBodies.isEmpty()) {
      if (!hasAccepted) {
        probe();
      }
      for (RefusedBody body : refusedBodies) {
        isolate(body);
      }
    }
    if (refused.count() == 0) {
      return delivery;
    }
    if (!hasAccepted && !acceptedBefore && batch.records().count() > 1) {
      // Each was refused by name, but this receiver has accepted nothing yet.
      fail(new Refusal("refuses every record", refused.first(), false));
    }
    refused.keep(quarantine);
    return delivery.and(Delivery.refused(refused.count()));
  }

  /** Sends a body; why it was refused as a whole, if it was. */
  private Optional<Refusal> send(BatchPart part) throws IOException {
    return switch (sender.send(part)) {
      case BodyAnswer.Accepted() -> {
        settled.set(part.from(), part.to());
        accepted();
        yield Optional.empty();
      }
      case BodyAnswer.PerRecord(var named) -> {
        settled.set(part.from(), part.to());
        named.forEach((position, detail) -> refused.add(part.from() + position, detail));
        if (named.size() < part.count()) {
          accepted();
        }
        yield Optional.empty();
      }
      case BodyAnswer.Refused(String status, String quote) ->
          Optional.of(new Refusal(status, quote, false));
      case BodyAnswer.TooLarge(String status, String quote) ->
          Optional.of(new Refusal(status, quote, true));
    };
  }

  private void accepted() {
    hasAccepted = true;
    delivery = delivery.and(Delivery.of(true));
  }

  /**
   * Sends single records, spread evenly, until one is accepted.
   *
   * @throws RefusedException where none is, and the policy says that the batch fails
   */
  private void probe() throws IOException {
    List<RefusedBody> alone = new ArrayList<>();
    for (int record : spread()) {
      RefusedBody body = bodyOf(record);
      Optional<Refusal> refusal =
          body.isOneRecord() ? Optional.of(body.refusal()) : isolated(record, record + 1);
      if (hasAccepted) {
        break;
      }
      refusal.ifPresent(why -> alone.add(new RefusedBody(record, record + 1, why)));
    }
    if (!hasAccepted && !alone.isEmpty() && !isTheRecordsFault(alone.getFirst())) {
      fail(alone.getFirst().refusal());
    }
    alone.forEach(this::refuse);
  }

  /** Whether the only record of a batch is at fault. Of several, one would be accepted. */
  private boolean isTheRecordsFault(RefusedBody only) {
    return batch.records().count() == 1 && (only.refusal().isForSize() || acceptedBefore);
  }

  private void fail(Refusal refusal) throws RefusedException {
    if (policy.quarantines(batch.id())) {
      return;
    }
    int records = batch.records().count();
    throw new RefusedException(
        receiver + ": " + refusal.status(),
        refusal.quote(),
        "none of %d records in the batch was accepted, so a setting is probably wrong; none was quarantined. %s"
            .formatted(records, policy.advice())
            .strip());
  }

  private int[] spread() {
    int[] open =
        refusedBodies.stream()
            .flatMapToInt(body -> IntStream.range(body.from(), body.to()))
            .toArray();
    int count = Math.min(PROBES, open.length);
    int[] records = new int[count];
    for (int i = 0; i < count; i++) {
      records[i] = open[count == 1 ? 0 : (int) ((long) i * (open.length - 1) / (count - 1))];
    }
    return records;
  }

  private RefusedBody bodyOf(int record) {
    for (RefusedBody body : refusedBodies) {
      if (record < body.to()) {
        return body;
      }
    }
    throw new IllegalStateException("record " + record + " is in no refused body");
  }

  /** Delivers what of a refused body may be delivered. */
  private void isolate(RefusedBody body) throws IOException {
    int from = settled.nextClearBit(body.from());
    while (from < body.to()) {
      int next = settled.nextSetBit(from);
      int to = next < 0 ? body.to() : Math.min(next, body.to());
      RefusedBody rest = new RefusedBody(from, to, body.refusal());
      if (rest.equals(body)) {
        halve(body);
      } else {
        sendAgain(rest);
      }
      from = settled.nextClearBit(to);
    }
  }

  private void halve(RefusedBody body) throws IOException {
    if (body.isOneRecord()) {
      refuse(body);
      return;
    }
    int middle = (body.from() + body.to()) >>> 1;
    sendAgain(new RefusedBody(body.from(), middle, body.refusal()));
    sendAgain(new RefusedBody(middle, body.to(), body.refusal()));
  }

  /** Sends a stretch of a body that was refused. */
  private void sendAgain(RefusedBody part) throws IOException {
    if (requests >= MAX_REQUESTS || isShortOfTime()) {
      for (int record = part.from(); record < part.to(); record++) {
        String detail = "refused together with others and not tried alone: ";
        refused.add(record, detail + part.refusal().detail());
      }
      settled.set(part.from(), part.to());
      return;
    }
    Optional<Refusal> refusal = isolated(part.from(), part.to());
    if (refusal.isPresent()) {
      halve(new RefusedBody(part.from(), part.to(), refusal.get()));
    }
  }

  private Optional<Refusal> isolated(int from, int to) throws IOException {
    requests++;
    return send(new BatchPart(batch.id(), batch.firstRecord(), batch.records(), from, to));
  }

  /** A batch that is short of time may have more of it when it comes again. */
  private boolean isShortOfTime() throws IOException {
    boolean isShort = TimeLeft.atMost(reserve).compareTo(reserve) < 0;
    if (isShort && !policy.quarantines(batch.id())) {
      throw new IOException(
          "%s: no time was left to isolate refused records (after %d requests)"
              .formatted(receiver, requests));
    }
    return isShort;
  }

  private void refuse(RefusedBody record) {
    settled.set(record.from());
    refused.add(record.from(), record.refusal().detail());
  }
}
