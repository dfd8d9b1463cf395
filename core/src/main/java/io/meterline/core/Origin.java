package io.meterline.core;

import static java.util.Objects.requireNonNull;

/** Where log events come from: the account that owns them, their log group and log stream. */
public record Origin(String owner, String logGroup, String logStream) {
  /** The origin of a payload or line that names none. */
  public static final Origin UNKNOWN = new Origin("", "", "");

  public Origin {
    requireNonNull(owner, "owner is null");
    requireNonNull(logGroup, "logGroup is null");
    requireNonNull(logStream, "logStream is null");
  }
}
