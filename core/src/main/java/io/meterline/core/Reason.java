package io.meterline.core;

/** Why something went to quarantine. The words are stable: scripts and alarms rely on them. */
public enum Reason {
  MALFORMED_JSON,
  NOT_AN_OBJECT,
  MISSING_FIELD,
  WRONG_TYPE,
  OUT_OF_RANGE,
  TRUNCATED,
  TOO_LARGE,
  UNDECODABLE_PAYLOAD,
  UNMAPPED,
  REFUSED;

  private final String word = name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');

  /** The word as it is in quarantine objects, such as {@code malformed-json}. */
  public String word() {
    return word;
  }
}
