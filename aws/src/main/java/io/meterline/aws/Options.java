package io.meterline.aws;

import io.meterline.core.BodyFormat;
import io.meterline.core.Suggestions;
import io.meterline.core.UriText;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.services.s3.model.ObjectCannedACL;

/** The options in the query of a destination's URI. Their values are not for messages. */
final class Options {
  private final String shown;
  private final Map<String, String> values = new HashMap<>();

  /**
   * Takes them apart.
   *
   * @throws IllegalArgumentException where one is not of {@code known}
   */
  Options(String uri, String query, List<String> known) {
    this.shown = UriText.shown(uri);
    for (String pair : query.split("&", -1)) {
      if (pair.isEmpty()) {
        continue;
      }
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      if (!known.contains(name)) {
        throw new IllegalArgumentException(shown + ": " + unknown(name, equals >= 0, known));
      }
      // A plus is a plus here: it is in keys and names, and nobody writes a space with it.
      String text = equals < 0 ? "" : pair.substring(equals + 1).replace("+", "%2B");
      if (values.put(name, decoded(name, text)) != null) {
        throw new IllegalArgumentException("%s: option '%s' is given twice".formatted(shown, name));
      }
    }
  }

  /** What is no option may be a secret: only what looks like an option's name is quoted. */
  private static String unknown(String name, boolean hasValue, List<String> known) {
    return hasValue && name.matches("[A-Za-z-]{1,20}")
        ? "unknown option '%s'%s (known: %s)"
            .formatted(name, Suggestions.hint(name, known, ""), String.join(", ", known))
        : "unknown option; known: " + String.join(", ", known);
  }

  private String decoded(String name, String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "%s: option '%s' has a %% that no two hex digits follow".formatted(shown, name));
    }
  }

  boolean has(String name) {
    return values.containsKey(name);
  }

  Optional<String> text(String name) {
    return Optional.ofNullable(values.get(name)).filter(text -> !text.isBlank());
  }

  <T> Optional<T> parsed(String name, Function<String, T> parser) {
    try {
      return text(name).map(parser);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "%s: option '%s': %s".formatted(shown, name, e.getMessage()), e);
    }
  }

  static URI endpoint(String text) {
    if (!text.matches("https?://[^/?#@]+/?")) {
      throw new IllegalArgumentException(
          "'%s' is not an endpoint, such as http://127.0.0.1:9000".formatted(UriText.shown(text)));
    }
    return URI.create(text);
  }

  static String acl(String text) {
    List<String> known =
        ObjectCannedACL.knownValues().stream().map(ObjectCannedACL::toString).sorted().toList();
    if (!known.contains(text)) {
      throw new IllegalArgumentException(
          "'%s' is not a canned ACL%s (known: %s)"
              .formatted(text, Suggestions.hint(text, known, ""), String.join(", ", known)));
    }
    return text;
  }

  static BodyFormat format(String text) {
    return BodyFormat.of(text)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "'%s' is not one of %s".formatted(text, BodyFormat.words())));
  }

  static int positive(String text) {
    if (!text.matches("[1-9][0-9]{0,8}")) {
      throw new IllegalArgumentException(
          "'%s' is not a number between 1 and 999999999".formatted(text));
    }
    return Integer.parseInt(text);
  }

  static boolean onOff(String text) {
    if (!text.equals("1") && !text.equals("0")) {
      throw new IllegalArgumentException("must be 1 or 0, not '%s'".formatted(text));
    }
    return text.equals("1");
  }

  static Duration seconds(String text) {
    if (!text.matches("[0-9]{1,5}")) {
      throw new IllegalArgumentException("'%s' is not a number of seconds".formatted(text));
    }
    return Duration.ofSeconds(Long.parseLong(text));
  }
}
