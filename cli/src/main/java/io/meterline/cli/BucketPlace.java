package io.meterline.cli;

import io.meterline.aws.S3ObjectStream;
import io.meterline.aws.S3Reader;
import io.meterline.ledger.place.ObjectSource;
import io.meterline.ledger.place.PlacedObject;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A bucket that a ledger loads from. Keys count from the bucket, whatever prefix was named: an
 * object is the same one by whichever way it was come upon.
 */
final class BucketPlace implements ObjectSource, AutoCloseable {
  /** Objects fetched ahead of the one that is read: of each, one part is in memory. */
  private static final int AHEAD = 8;

  private final S3Reader reader;
  private final Queue<String> expected = new ArrayDeque<>();
  private final Map<String, S3ObjectStream> started = new HashMap<>();

  BucketPlace(S3Reader reader) {
    this.reader = reader;
  }

  @Override
  public String place() {
    return reader.uri();
  }

  @Override
  public String root() {
    return reader.root();
  }

  @Override
  public Stream<PlacedObject> objects() throws IOException {
    return listed(reader.list(), PlacedObject::isBody);
  }

  /** Below the prefix, and at the top of the bucket, where the agents put it by default. */
  @Override
  public Stream<PlacedObject> quarantine() throws IOException {
    List<Stream<PlacedObject>> all = new ArrayList<>();
    for (String below : reader.quarantines()) {
      all.add(listed(reader.list(below), PlacedObject::isQuarantine));
    }
    return all.stream().flatMap(one -> one);
  }

  private static Stream<PlacedObject> listed(
      Iterator<S3Reader.Listed> all, Predicate<String> wanted) {
    return StreamSupport.stream(
            Spliterators.spliteratorUnknownSize(all, Spliterator.ORDERED), false)
        .filter(object -> wanted.test(object.key()))
        .map(object -> new PlacedObject(object.key(), object.bytes(), object.eTag()));
  }

  @Override
  public void expect(List<PlacedObject> objects) {
    close();
    objects.forEach(object -> expected.add(object.key()));
  }

  @Override
  public InputStream open(String key) {
    S3ObjectStream begun = started.remove(key);
    S3ObjectStream stream = begun == null ? reader.open(key) : begun;
    if (begun == null) {
      // What was expected before it is not wanted after all.
      expected.remove(key);
    }
    while (started.size() < AHEAD && !expected.isEmpty()) {
      String next = expected.remove();
      started.put(next, reader.open(next).start());
    }
    return stream;
  }

  @Override
  public void close() {
    expected.clear();
    started.values().forEach(S3ObjectStream::close);
    started.clear();
  }
}
