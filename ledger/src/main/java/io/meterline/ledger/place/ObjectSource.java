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

  /** All objects there, in an order that is the same each time; to be closed. */
  Stream<PlacedObject> objects() throws IOException;

  /**
   * Says which objects will be opened next, in this order, so that a place which is far away can
   * fetch them ahead.
   */
  default void expect(List<PlacedObject> objects) {}

  /** The object's bytes as they lie there, compressed where its key says so. */
  InputStream open(String key) throws IOException;
}
