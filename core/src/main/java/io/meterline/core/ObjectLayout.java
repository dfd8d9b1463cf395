package io.meterline.core;

import static java.util.Objects.requireNonNull;

/**
 * Where objects are below a bucket or folder: {@code {prefix}{yyyy-MM-dd}/{40 hex}{suffix}}.
 *
 * @param prefix ends with a slash, or is empty
 */
public record ObjectLayout(String prefix, BodyFormat format) {
  /** What the ingest contract asks for. */
  public static final ObjectLayout CONTRACT = new ObjectLayout("ingest/records/", BodyFormat.JSON);

  public ObjectLayout {
    requireNonNull(format, "format is null");
    requireNonNull(prefix, "prefix is null");
    if (prefix.startsWith("/") || prefix.contains("..") || prefix.contains("//")) {
      throw new IllegalArgumentException(
          "prefix '%s' must be relative, without '..' or '//'".formatted(prefix));
    }
    if (!prefix.isEmpty() && !prefix.endsWith("/")) {
      prefix = prefix + "/";
    }
  }

  public String key(BatchPart part) {
    return prefix + part.id().date() + "/" + part.name() + format.suffix();
  }
}
