package io.meterline.local;

import static java.util.Objects.requireNonNull;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A Kinesis data stream. */
public final class DataStream {
  private final String name;
  private final StreamSettings settings;
  private final World world;
  private final List<Shard> shards = new ArrayList<>();
  private final List<Consumer> consumers = new ArrayList<>();

  public DataStream(String name, StreamSettings settings, World world) {
    this.name = requireNonNull(name, "name is null");
    this.settings = requireNonNull(settings, "settings is null");
    this.world = requireNonNull(world, "world is null");
    for (int i = 0; i < settings.shards(); i++) {
      open(HashKeyRange.part(i, settings.shards()), List.of());
    }
  }

  public String arn() {
    return Arns.stream(name);
  }

  public StreamSettings settings() {
    return settings;
  }

  /** All shards that were ever there, oldest first. */
  public List<Shard> shards() {
    return List.copyOf(shards);
  }

  /** The shards that take records. */
  public List<Shard> openShards() {
    return shards.stream().filter(Shard::open).toList();
  }

  /**
   * Writes a record to the shard that the MD5 of its partition key falls to.
   *
   * @throws ServiceException {@code ValidationException} if it is too large, {@code
   *     ProvisionedThroughputExceededException} if the shard has had enough for this second
   */
  public StreamRecord putRecord(String partitionKey, byte[] data) {
    int bytes = data.length + partitionKey.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > settings.maxRecordBytes()) {
      throw ServiceException.of(
          "ValidationException",
          "a record of %d bytes for stream %s, which takes %d"
              .formatted(bytes, name, settings.maxRecordBytes()));
    }
    expire();
    Shard shard = shardOf(Hashes.number(partitionKey));
    if (settings.limitsWrites() && !shard.admits(bytes, world.now())) {
      throw ServiceException.retryable(
          "ProvisionedThroughputExceededException",
          "shard %s of stream %s has its fill for this second".formatted(shard, name));
    }
    StreamRecord added = shard.add(partitionKey, data, world.now());
    world.note("kinesis", "put %s %s".formatted(shard, added.sequence()));
    consumers.forEach(consumer -> consumer.arrived(shard));
    return added;
  }

  /** Splits an open shard in two equal halves. */
  public void split(Shard shard) {
    requireOpen(shard);
    BigInteger middle = shard.range().middle();
    shard.close();
    world.note("kinesis", "split " + shard);
    open(new HashKeyRange(shard.range().start(), middle.subtract(BigInteger.ONE)), List.of(shard));
    open(new HashKeyRange(middle, shard.range().end()), List.of(shard));
    consumers.forEach(Consumer::resharded);
  }

  /** Merges two open shards whose ranges touch, the lower one first. */
  public void merge(Shard lower, Shard upper) {
    requireOpen(lower);
    requireOpen(upper);
    if (!lower.range().isBefore(upper.range())) {
      throw ServiceException.of(
          "InvalidArgumentException",
          "shards %s and %s of stream %s are not adjacent".formatted(lower, upper, name));
    }
    lower.close();
    upper.close();
    world.note("kinesis", "merge %s %s".formatted(lower, upper));
    open(new HashKeyRange(lower.range().start(), upper.range().end()), List.of(lower, upper));
    consumers.forEach(Consumer::resharded);
  }

  /** Two open shards that can be merged, as often as there are such. */
  public List<List<Shard>> adjacentShards() {
    List<List<Shard>> pairs = new ArrayList<>();
    for (Shard lower : openShards()) {
      for (Shard upper : openShards()) {
        if (lower.range().isBefore(upper.range())) {
          pairs.add(List.of(lower, upper));
        }
      }
    }
    return List.copyOf(pairs);
  }

  void add(Consumer consumer) {
    consumers.add(consumer);
  }

  /** Takes out what has outlived the retention; who reads late finds it gone. */
  void expire() {
    for (Shard shard : shards) {
      List<StreamRecord> expired = shard.expire(world.now(), settings.retention());
      if (!expired.isEmpty()) {
        world.note("kinesis", "expire %d of %s".formatted(expired.size(), shard));
        consumers.forEach(consumer -> consumer.expired(shard, expired));
      }
    }
  }

  private void open(HashKeyRange range, List<Shard> parents) {
    shards.add(new Shard(shards.size(), range, parents, world.now()));
  }

  private Shard shardOf(BigInteger hashKey) {
    for (Shard shard : shards) {
      if (shard.open() && shard.range().contains(hashKey)) {
        return shard;
      }
    }
    throw new IllegalStateException("no open shard of stream " + name + " for " + hashKey);
  }

  private void requireOpen(Shard shard) {
    if (!shards.contains(shard) || !shard.open()) {
      throw ServiceException.of(
          "ResourceNotFoundException", "stream %s has no open shard %s".formatted(name, shard));
    }
  }

  /** Who reads a stream. */
  interface Consumer {
    void arrived(Shard shard);

    void resharded();

    void expired(Shard shard, List<StreamRecord> records);
  }
}
