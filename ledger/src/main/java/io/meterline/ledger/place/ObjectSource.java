package io.meterline.ledger.place;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.stream.Stream;

/** Where ingest objects lie: a folder, a bucket. */
public interface ObjectSource {
  /** The place's name, absolute, such as {@code dir:/var/out} or {@code s3://bucket/prefix}. */
  String place();

  /**
   * What was named: the place, or the part of it that {@link #objects} lists. Opened again, it
   * lists the same.
   */
  default String root() {
    return place();
  }

  /**
   * Quarantine objects: what could not be delivered to this place, in an order that is the same
   * each time; to be closed.
   */
  default Stream<PlacedObject> quarantine() throws IOException {
    return Stream.empty();
  }

  /**
   * All objects there, in an order that is the same each time; to be closed.
   *
   * @throws IOException where a part of the place can't be read
   */
  Stream<PlacedObject> objects() throws IOException;

  /** As {@link #objects()}, but what can't be read is named, and the rest listed. */
  default Stream<PlacedObject> objects(Unreadable unreadable) throws IOException {
    return objects();
  }

  /** Hears of a part of a place, such as a folder in it, that can't be read. */
  @FunctionalInterface
  interface Unreadable {
    void part(String key, IOException why) throws IOException;
  }

  /**
   * Says which objects will be opened next, in this order, so that a place which is far away can
   * fetch them ahead.
   */
  default void expect(List<PlacedObject> objects) {}

  /** The object's bytes as they lie there, compressed where its key says so. */
  InputStream open(String key) throws IOException;
}
