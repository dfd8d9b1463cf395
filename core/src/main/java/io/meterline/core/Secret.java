package io.meterline.core;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A key or password: to be used, and never to be shown. */
public final class Secret {
  /** Shorter text would match by chance. */
  private static final int LEAST_BASE64 = 8;

  /** Encoders break long text into lines; JSON escapes these. */
  private static final String LINE_BREAKS = "(?:[\\r\\n]|\\\\+[rn])*";

  private final String value;
  private final Pattern anyEscaping;

  public Secret(String value) {
    this.value = requireNonNull(value, "value is null");
    if (value.isBlank()) {
      throw new IllegalArgumentException("the secret is blank");
    }
    this.anyEscaping = anyEscaping(value);
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

  /**
   * The text with {@code replacement} wherever it holds the secret: as it is, or escaped as in a
   * URL, in JSON or in HTML, also several times over, or in Base64 or hexadecimal, also with line
   * breaks in it.
   */
  public String replacedIn(String text, String replacement) {
    return anyEscaping.matcher(text).replaceAll(Matcher.quoteReplacement(replacement));
  }

  private static Pattern anyEscaping(String value) {
    StringBuilder pattern = new StringBuilder();
    value.codePoints().forEach(c -> pattern.append(anyEscaping(c)));
    for (int before = 0; before < 3; before++) {
      pattern.append(inBase64(value, before));
    }
    pattern.append('|').append(inHexadecimal(value));
    return Pattern.compile(pattern.toString());
  }

  /** A pattern alternative for the secret in Base64 after this many bytes; empty if it is short. */
  private static String inBase64(String value, int before) {
    byte[] secret = value.getBytes(UTF_8);
    byte[] bytes = new byte[before + secret.length];
    System.arraycopy(secret, 0, bytes, before, secret.length);
    String text = Base64.getEncoder().withoutPadding().encodeToString(bytes);
    // The first and last characters also encode bits of neighbouring bytes.
    int from = (before * 8 + 5) / 6;
    int to = bytes.length * 8 / 6;
    if (to - from < LEAST_BASE64) {
      return "";
    }
    return text.substring(from, to)
        .chars()
        .mapToObj(
            c ->
                switch (c) {
                  case '+' -> "[+-]";
                  case '/' -> "[/_]";
                  default -> Character.toString(c);
                })
        .collect(joining(LINE_BREAKS, "|", ""));
  }

  private static String inHexadecimal(String value) {
    return HexFormat.of()
        .formatHex(value.getBytes(UTF_8))
        .chars()
        .mapToObj(Character::toString)
        .collect(joining(LINE_BREAKS + "[ :-]?", "(?i:", ")"));
  }

  private static String anyEscaping(int character) {
    String text = Character.toString(character);
    StringBuilder escaped = new StringBuilder();
    for (byte one : text.getBytes(UTF_8)) {
      escaped.append("%%(?:25)*(?i:%02x)".formatted(one & 0xFF));
    }
    StringBuilder json = new StringBuilder();
    text.chars().forEach(unit -> json.append("\\\\+u(?i:%04x)".formatted(unit)));
    String plain = "\\\\*" + Pattern.quote(text);
    String html =
        "&(?:amp;)*(?:#0*%d|#[xX]0*(?i:%x)%s);".formatted(character, character, named(character));
    return "(?:%s|%s|%s|%s)".formatted(plain, escaped, json, html);
  }

  private static String named(int character) {
    return switch (character) {
      case '&' -> "|amp";
      case '<' -> "|lt";
      case '>' -> "|gt";
      case '"' -> "|quot";
      case '\'' -> "|apos";
      default -> "";
    };
  }

  @Override
  public String toString() {
    return "(secret)";
  }
}
