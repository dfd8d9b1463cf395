package io.meterline.ledger.store;

import static java.util.Objects.requireNonNull;

/**
 * Which object it is.
 *
 * @param name what it is known by: loaded once under this name
 * @param place where it lies, such as a folder or bucket; empty where it came by delivery
 * @param key its name at that place
 * @param version a word of the place that changes when the content does; empty for none
 */
public record ObjectRef(String name, String place, String key, String version) {
  public ObjectRef {
    requireNonNull(name, "name is null");
    requireNonNull(place, "place is null");
    requireNonNull(key, "key is null");
    requireNonNull(version, "version is null");
  }

  /** The name of an object that only its place and key tell from others. */
  public static String placeName(String place, String key) {
    return place + "/" + key;
  }

  /** Whether only place and key tell it from others: not, where its batch gave it its name. */
  public boolean isNamedByPlace() {
    return !place.isEmpty() && name.equals(placeName(place, key));
  }

  /** The version with its place: versions of two places can't be compared. */
  String placedVersion() {
    return version.isEmpty() ? "" : place + " " + version;
  }

  /** The version with its place and key: two keys may lead to copies, or to something else. */
  String exactVersion() {
    return version.isEmpty() ? "" : place + " " + key + " " + version;
  }
}
