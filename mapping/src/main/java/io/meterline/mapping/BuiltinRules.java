package io.meterline.mapping;

import io.meterline.core.Suggestions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The rule files that come with Meterline, each for a format that is documented somewhere. */
public final class BuiltinRules {
  /** What is before a name where a file could be as well. */
  public static final String PREFIX = "builtin:";

  private BuiltinRules() {}

  /** Their names. */
  public static List<String> names() {
    return new String(read("names.txt"), StandardCharsets.UTF_8).lines().toList();
  }

  /**
   * The text of one.
   *
   * @throws IllegalArgumentException where there is none of the name
   */
  public static String text(String name) {
    List<String> names = names();
    if (!names.contains(name)) {
      throw new IllegalArgumentException(
          "%s%s is unknown; %s"
              .formatted(
                  PREFIX,
                  name,
                  Suggestions.nearest(name, names)
                      .map("'%s' is meant?"::formatted)
                      .orElse("there are " + String.join(", ", names))));
    }
    return new String(read(name + ".yaml"), StandardCharsets.UTF_8);
  }

  private static byte[] read(String file) {
    try (InputStream in = BuiltinRules.class.getResourceAsStream("rules/" + file)) {
      if (in == null) {
        throw new IllegalStateException("the artifact lacks its rules/" + file);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
