package io.meterline.local;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Lambda's event source mapping between a Kinesis data stream and a function, with a
 * parallelization factor of 1: a batch at a time from each shard, in order, and a shard only after
 * those it was split or merged from.
 */
public final class EventSourceMapping {
  private final EventSourceMappingSettings settings;
  private final DataStream stream;
  private final LambdaFunction function;
  private final String functionName;
  private final OnFailureDestination onFailure;
  private final World world;
  private final String id;
  private final Map<Shard, ShardReader> readers = new LinkedHashMap<>();
  private final List<StreamRecord> lost = new ArrayList<>();

  /** Begins to read at once. */
  public EventSourceMapping(
      EventSourceMappingSettings settings,
      DataStream stream,
      LambdaFunction function,
      String functionName,
      OnFailureDestination onFailure,
      World world) {
    this.settings = requireNonNull(settings, "settings is null");
    this.stream = requireNonNull(stream, "stream is null");
    this.function = requireNonNull(function, "function is null");
    this.functionName = requireNonNull(functionName, "functionName is null");
    this.onFailure = requireNonNull(onFailure, "onFailure is null");
    this.world = requireNonNull(world, "world is null");
    id = world.uuid();
    for (Shard shard : stream.shards()) {
      boolean latest =
          settings.startingPosition() == EventSourceMappingSettings.StartingPosition.LATEST;
      read(shard, latest ? shard.latest() : shard.trimHorizon());
    }
    stream.add(new Following());
  }

  /** Records that the stream's retention took before they were read. */
  public List<StreamRecord> lost() {
    return List.copyOf(lost);
  }

  /** Whether all that is in the stream is done with. */
  public boolean caughtUp() {
    return readers.values().stream().allMatch(ShardReader::caughtUp);
  }

  EventSourceMappingSettings settings() {
    return settings;
  }

  DataStream stream() {
    return stream;
  }

  World world() {
    return world;
  }

  /** Whether nothing is left to read in the shards that {@code shard} came from. */
  boolean mayRead(Shard shard) {
    return shard.parents().stream().allMatch(parent -> reader(parent).finished());
  }

  /** Called when a closed shard was read to its end. */
  void finished() {
    readers.values().forEach(ShardReader::wake);
  }

  BatchAnswer invoke(List<StreamRecord> batch) {
    Invocation invocation =
        new Invocation(
            world.uuid(),
            functionName,
            world.now().plus(settings.functionTimeout()),
            KinesisEvent.of(batch, stream.arn(), functionName));
    try {
      byte[] answer = function.invoke(invocation);
      if (world.happens(Fault.ANSWER_LOST, "invocation")) {
        return new BatchAnswer.Failed("the answer was lost");
      }
      return settings.reportBatchItemFailures()
          ? BatchAnswerReader.read(answer, batch)
          : new BatchAnswer.Done();
    } catch (FunctionException e) {
      return new BatchAnswer.Failed(e.errorType());
    }
  }

  void discard(List<StreamRecord> records, int invokeCount) {
    onFailure.send(
        FailureDocument.ofStream(
            world, id, functionName, stream.arn(), List.copyOf(records), invokeCount));
  }

  private ShardReader reader(Shard shard) {
    return requireNonNull(readers.get(shard), "no reader of " + shard);
  }

  private void read(Shard shard, SequenceNumber from) {
    ShardReader reader = new ShardReader(this, shard, from);
    readers.put(shard, reader);
    reader.wake();
  }

  private final class Following implements DataStream.Consumer {
    @Override
    public void arrived(Shard shard) {
      reader(shard).wake();
    }

    @Override
    public void resharded() {
      for (Shard shard : stream.shards()) {
        if (!readers.containsKey(shard)) {
          read(shard, shard.trimHorizon());
        }
      }
      finished();
    }

    @Override
    public void expired(Shard shard, List<StreamRecord> records) {
      for (StreamRecord record : records) {
        if (!reader(shard).hasRead(record)) {
          lost.add(record);
          world.note("mapping", "lose %s %s, never read".formatted(shard, record.sequence()));
        }
      }
    }
  }
}
