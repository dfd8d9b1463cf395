package io.meterline.local;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * One shard's part of an event source mapping: cuts batches, has them invoked, and moves on when
 * they are done, given up, or too old. What AWS doesn't document is its own: how long a poll and an
 * answer take, and delays between tries from 1 second, doubled to 5 minutes.
 */
final class ShardReader {
  private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(5));

  /** "At a base rate of once per second." */
  private static final Duration POLL = Duration.ofSeconds(1);

  private static final Duration SHORT = Duration.ofMillis(1);
  private static final Duration ANSWER = Duration.ofMillis(200);

  private final EventSourceMapping mapping;
  private final EventSourceMappingSettings settings;
  private final World world;
  private final Shard shard;

  /** What is read and not done, oldest first: one batch, or what bisecting has made of one. */
  private final Deque<Cut> cuts = new ArrayDeque<>();

  private SequenceNumber position;
  private SequenceNumber furthest;
  private Optional<Instant> gathering = Optional.empty();
  private int nextBatchSize;
  private int failuresInRow;
  private boolean busy;
  private boolean polling;
  private boolean finished;

  ShardReader(EventSourceMapping mapping, Shard shard, SequenceNumber from) {
    this.mapping = mapping;
    this.shard = shard;
    settings = mapping.settings();
    world = mapping.world();
    position = from;
    furthest = from;
    nextBatchSize = settings.batchSize();
  }

  /** Whether the shard is closed and read to its end. */
  boolean finished() {
    return finished;
  }

  boolean caughtUp() {
    return finished || (cuts.isEmpty() && shard.after(position).isEmpty());
  }

  boolean hasRead(StreamRecord record) {
    return record.sequence().compareTo(furthest) <= 0;
  }

  /** Has the shard looked at soon. */
  void wake() {
    if (!polling && !finished) {
      polling = true;
      world
          .timeline()
          .after(
              world.between(SHORT, POLL),
              () -> {
                polling = false;
                poll();
              });
    }
  }

  private void poll() {
    if (busy || finished || !mapping.mayRead(shard)) {
      return;
    }
    mapping.stream().expire();
    giveUpOld();
    if (!cuts.isEmpty() || gather()) {
      invoke(cuts.element());
    }
  }

  private boolean gather() {
    List<StreamRecord> waiting = shard.after(position);
    if (waiting.isEmpty()) {
      if (!shard.open()) {
        finished = true;
        world.note("mapping", "finish " + shard);
        mapping.finished();
      }
      return false;
    }
    List<StreamRecord> batch = Cut.fitting(waiting, nextBatchSize);
    if (batch.isEmpty()) {
      giveUp(new Cut(waiting.subList(0, 1), 0), "it is too large for an event");
      return gather();
    }
    boolean full = batch.size() == nextBatchSize || batch.size() < waiting.size();
    Instant windowEnd = gathering.orElse(world.now()).plus(settings.maximumBatchingWindow());
    if (!full && shard.open() && world.now().isBefore(windowEnd)) {
      if (gathering.isEmpty()) {
        gathering = Optional.of(world.now());
        world.timeline().after(settings.maximumBatchingWindow(), this::poll);
      }
      return false;
    }
    gathering = Optional.empty();
    nextBatchSize = settings.batchSize();
    cuts.add(new Cut(batch, 0));
    moveTo(batch.getLast().sequence());
    return true;
  }

  private void giveUpOld() {
    Duration retention = mapping.stream().settings().retention();
    Duration oldest =
        settings.maximumRecordAge().filter(age -> age.compareTo(retention) < 0).orElse(retention);
    while (!cuts.isEmpty()) {
      Cut cut = cuts.remove();
      int old = old(cut.records(), oldest);
      if (old > 0) {
        giveUp(cut.until(old), "it is too old");
      }
      if (old < cut.records().size()) {
        cuts.addFirst(cut.from(old, cut.failures()));
        return;
      }
    }
    List<StreamRecord> waiting = shard.after(position);
    int old = Math.min(old(waiting, oldest), Cut.fitting(waiting, settings.batchSize()).size());
    if (old > 0) {
      giveUp(new Cut(waiting.subList(0, old), 0), "it is too old");
      giveUpOld();
    }
  }

  private int old(List<StreamRecord> records, Duration oldest) {
    Instant kept = world.now().minus(oldest);
    int old = 0;
    while (old < records.size() && !records.get(old).arrival().isAfter(kept)) {
      old++;
    }
    return old;
  }

  private void invoke(Cut first) {
    Cut cut = first.failures() > 0 ? joined(first) : first;
    busy = true;
    if (world.happens(Fault.INVOKE_THROTTLED, "invocation")) {
      retry();
      return;
    }
    world.note("mapping", "invoke %s, try %d".formatted(cut, cut.failures() + 1));
    BatchAnswer answer = mapping.invoke(cut.records());
    world.timeline().after(world.between(SHORT, ANSWER), () -> settle(cut, answer));
  }

  /** A batch that comes again may be cut anew, and take in what arrived meanwhile. */
  private Cut joined(Cut cut) {
    if (cuts.size() > 1 || world.random().nextBoolean()) {
      return cut;
    }
    List<StreamRecord> all = new ArrayList<>(cut.records());
    all.addAll(shard.after(position));
    List<StreamRecord> batch =
        Cut.fitting(all, Math.max(cut.records().size(), settings.batchSize()));
    if (batch.size() <= cut.records().size()) {
      return cut;
    }
    Cut longer = new Cut(batch, cut.failures());
    cuts.remove();
    cuts.addFirst(longer);
    moveTo(longer.last());
    return longer;
  }

  private void settle(Cut cut, BatchAnswer answer) {
    cuts.remove();
    switch (answer) {
      case BatchAnswer.Done done -> done(cut);
      case BatchAnswer.From from -> partial(cut, from.index());
      case BatchAnswer.Failed failed -> failed(cut, failed.why());
    }
  }

  private void done(Cut cut) {
    world.note("mapping", "done " + cut);
    failuresInRow = 0;
    busy = false;
    if (cuts.isEmpty() && world.happens(Fault.CHECKPOINT_LOST, "checkpoint of " + shard)) {
      position = cut.records().getFirst().sequence().before();
      nextBatchSize = world.random().nextInt(settings.batchSize()) + 1;
    }
    world.timeline().after(SHORT, this::poll);
  }

  private void partial(Cut cut, int index) {
    world.note("mapping", "failed from %d of %s".formatted(index, cut));
    again(cut.from(index, index == 0 ? cut.failures() + 1 : 1));
  }

  private void failed(Cut cut, String why) {
    world.note("mapping", "failed %s: %s".formatted(cut, why));
    int size = cut.records().size();
    if (settings.bisectBatchOnFunctionError() && size > 1) {
      // Splitting takes nothing from the retry quota.
      cuts.addFirst(cut.from(size / 2, cut.failures()));
      cuts.addFirst(cut.until(size / 2));
      retry();
    } else {
      again(new Cut(cut.records(), cut.failures() + 1));
    }
  }

  private void again(Cut cut) {
    if (settings.maximumRetryAttempts().isPresent()
        && cut.failures() > settings.maximumRetryAttempts().getAsInt()) {
      giveUp(cut, "its retries are used up");
      busy = false;
      world.timeline().after(SHORT, this::poll);
    } else {
      cuts.addFirst(cut);
      retry();
    }
  }

  private void retry() {
    world
        .timeline()
        .after(
            BACKOFF.after(failuresInRow++, world.random()),
            () -> {
              busy = false;
              poll();
            });
  }

  private void giveUp(Cut cut, String why) {
    world.note("mapping", "give up %s: %s".formatted(cut, why));
    mapping.discard(cut.records(), cut.failures());
    moveTo(cut.last());
  }

  private void moveTo(SequenceNumber sequence) {
    if (sequence.compareTo(position) > 0) {
      position = sequence;
    }
    if (sequence.compareTo(furthest) > 0) {
      furthest = sequence;
    }
  }
}
