package io.meterline.ledger.place;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An ingest object at its place.
 *
 * @param key its name there, with slashes
 * @param bytes its size as it lies there
 * @param version a word that changes when the content does, such as an ETag
 */
public record PlacedObject(String key, long bytes, String version) {
  private static final Pattern CONTRACT_NAME =
      Pattern.compile("(?:.*/)?(\\d{4}-\\d{2}-\\d{2}/[0-9a-f]{40}\\.[a-z.]+)");

  private static final Pattern QUARANTINE_NAME =
      Pattern.compile("(?:.*/)?(quarantine/\\d{4}-\\d{2}-\\d{2}/[0-9a-f]{40}\\.[a-z.]+)");

  private static final Pattern BODY = Pattern.compile(".*\\.(?:json|ndjson|jsonl)(?:\\.gz)?");

  public PlacedObject {
    requireNonNull(key, "key is null");
    requireNonNull(version, "version is null");
  }

  /**
   * Date and hash, where the key has the contract's layout: a copy of the bucket, or a part of it,
   * holds the same objects. Those of quarantine objects have {@code quarantine/} in front.
   */
  public Optional<String> contractName() {
    Matcher matcher = (isInQuarantine(key) ? QUARANTINE_NAME : CONTRACT_NAME).matcher(key);
    return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  public static boolean isCompressed(String key) {
    return key.endsWith(".gz");
  }

  /** Whether a key is that of records, as its end says; quarantine and refusals are none. */
  public static boolean isBody(String key) {
    return hasBodysEnd(key) && !isInQuarantine(key);
  }

  /** Whether a key is that of a quarantine object. */
  public static boolean isQuarantine(String key) {
    return hasBodysEnd(key) && isInQuarantine(key);
  }

  private static boolean hasBodysEnd(String key) {
    return BODY.matcher(key).matches() && !("/" + key).contains("/failed-requests/");
  }

  private static boolean isInQuarantine(String key) {
    return ("/" + key).contains("/quarantine/");
  }
}
