package io.meterline.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.meterline.ledger.place.ObjectSource;
import io.meterline.ledger.place.PlacedObject;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A bucket in memory; a version is a count of changes, so that a copy has another. */
final class MemoryPlace implements ObjectSource {
  private final SortedMap<String, byte[]> bodies = new TreeMap<>();
  private final SortedMap<String, Integer> versions = new TreeMap<>();

  MemoryPlace put(String key, String body) {
    return put(key, body.getBytes(UTF_8));
  }

  MemoryPlace put(String key, byte[] body) {
    bodies.put(key, body);
    versions.merge(key, 1, Integer::sum);
    return this;
  }

  MemoryPlace remove(String key) {
    bodies.remove(key);
    return this;
  }

  @Override
  public String place() {
    return "memory:";
  }

  @Override
  public Stream<PlacedObject> objects() {
    return listed(key -> !PlacedObject.isQuarantine(key));
  }

  @Override
  public Stream<PlacedObject> quarantine() {
    return listed(PlacedObject::isQuarantine);
  }

  private Stream<PlacedObject> listed(Predicate<String> wanted) {
    return bodies.entrySet().stream()
        .filter(entry -> wanted.test(entry.getKey()))
        .map(
            entry ->
                new PlacedObject(
                    entry.getKey(), entry.getValue().length, "v" + versions.get(entry.getKey())));
  }

  @Override
  public InputStream open(String key) throws IOException {
    byte[] body = bodies.get(key);
    if (body == null) {
      throw new FileNotFoundException(key);
    }
    return new ByteArrayInputStream(body);
  }
}
