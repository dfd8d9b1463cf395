package io.meterline;

import static java.util.Objects.requireNonNull;

/** A key or password: to be used, and never to be shown. */
public final class Secret {
  private final String value;

  public Secret(String value) {
    this.value = requireNonNull(value, "value is null");
    if (value.isBlank()) {
      throw new IllegalArgumentException("the secret is blank");
    }
  }

  /**
   * A secret that a header can carry: visible ASCII alone. White space around it is dropped, as a
   * file has it at its end.
   *
   * @throws IllegalArgumentException that says which character is wrong, and never the secret
   */
  public static Secret visible(String text) {
    String value = text.strip();
    for (int i = 0; i < value.length(); ) {
      int character = value.codePointAt(i);
      if (character <= ' ' || character > '~') {
        throw new IllegalArgumentException(
            "character %d is U+%04X, and only visible ASCII is possible: copy the key again, without what is around it"
                .formatted(value.codePointCount(0, i) + 1, character));
      }
      i += Character.charCount(character);
    }
    return new Secret(value);
  }

  /** The secret itself: for the one place that sends or signs with it. */
  public String reveal() {
    return value;
  }

  @Override
  public String toString() {
    return "(secret)";
  }
}
