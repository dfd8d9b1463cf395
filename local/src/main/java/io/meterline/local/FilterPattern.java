package io.meterline.local;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * A filter pattern of CloudWatch Logs for unstructured text. Terms are searched with their case;
 * several must all be there, {@code ?a ?b} asks for any, {@code -a} for none. A term of more than
 * letters, digits and underscores must be in quotes. AWS ignores {@code ?} terms that are beside
 * others, and so does this. Source: <a
 * href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html">filter
 * pattern syntax</a>.
 */
public final class FilterPattern {
  /** The length that AWS allows, in characters. */
  public static final int MAX_CHARACTERS = 1024;

  private final String text;
  private final List<String> all;
  private final List<String> any;
  private final List<String> none;

  private FilterPattern(String text, List<String> all, List<String> any, List<String> none) {
    this.text = text;
    this.all = List.copyOf(all);
    this.any = all.isEmpty() && none.isEmpty() ? List.copyOf(any) : List.of();
    this.none = List.copyOf(none);
  }

  /**
   * Reads a pattern; the empty one matches all.
   *
   * @throws IllegalArgumentException if it is none, with what is wrong and where
   */
  public static FilterPattern parse(String text) {
    requireNonNull(text, "text is null");
    FilterPatternReader reader = new FilterPatternReader(text);
    reader.read();
    return new FilterPattern(text, reader.all(), reader.any(), reader.none());
  }

  /** Whether a log event's message matches. */
  public boolean matches(String message) {
    return all.stream().allMatch(message::contains)
        && none.stream().noneMatch(message::contains)
        && (any.isEmpty() || any.stream().anyMatch(message::contains));
  }

  /** The pattern as it was written. */
  @Override
  public String toString() {
    return text;
  }
}
