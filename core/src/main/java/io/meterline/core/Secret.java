package io.meterline.core;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toUnmodifiableSet;

import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A key or password: to be used, and never to be shown. */
public final class Secret {
  /** Shorter text would match by chance. */
  private static final int LEAST_ENCODED = 8;

  /** What may be between the characters of Base64: breaks, indentation, escapes of + and /. */
  private static final String BETWEEN =
      "%[0-9A-Fa-f]{2}|&#?\\w{1,10};|\\\\+u[0-9A-Fa-f]{4}|\\\\+[rnt]|<\\w{1,4} ?/?>|[^A-Za-z0-9]";

  private static final Pattern BETWEEN_BASE64 = Pattern.compile(BETWEEN);
  private static final Pattern BETWEEN_HEX = Pattern.compile("0[xX]|\\\\+x|" + BETWEEN);

  private final String value;
  private final Pattern anyEscaping;

  /** As it is and in Base64 at each of three offsets, without what may be between. */
  private final Set<String> broken;

  private final Set<String> hexadecimal;

  public Secret(String value) {
    this.value = requireNonNull(value, "value is null");
    if (value.isBlank()) {
      throw new IllegalArgumentException("the secret is blank");
    }
    this.anyEscaping = anyEscaping(value);
    Set<byte[]> encoded =
        Set.of(value.getBytes(UTF_8), value.getBytes(UTF_16LE), value.getBytes(UTF_16BE));
    this.broken =
        Stream.concat(
                Stream.of(BETWEEN_BASE64.matcher(value).replaceAll("")),
                encoded.stream()
                    .flatMap(
                        bytes -> IntStream.range(0, 3).mapToObj(before -> inBase64(bytes, before))))
            .filter(text -> text.length() >= LEAST_ENCODED)
            .collect(toUnmodifiableSet());
    this.hexadecimal =
        encoded.stream()
            .map(bytes -> BETWEEN_HEX.matcher(HexFormat.of().formatHex(bytes)).replaceAll(""))
            .filter(text -> text.length() >= LEAST_ENCODED)
            .collect(toUnmodifiableSet());
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
   * URL, in JSON or in HTML, also several times over. Of a text that holds it with breaks in it, in
   * Base64 or in hexadecimal, nothing is left but the replacement.
   */
  public String replacedIn(String text, String replacement) {
    String shown = anyEscaping.matcher(text).replaceAll(Matcher.quoteReplacement(replacement));
    return isEncodedIn(shown) ? replacement : shown;
  }

  private boolean isEncodedIn(String text) {
    String joined = BETWEEN_BASE64.matcher(text).replaceAll("");
    String digits = BETWEEN_HEX.matcher(text).replaceAll("").toLowerCase(Locale.ROOT);
    return broken.stream().anyMatch(joined::contains)
        || hexadecimal.stream().anyMatch(digits::contains);
  }

  private static Pattern anyEscaping(String value) {
    StringBuilder pattern = new StringBuilder();
    value.codePoints().forEach(c -> pattern.append(anyEscaping(c)));
    return Pattern.compile(pattern.toString());
  }

  /** The letters and digits in which Base64 writes the secret after this many bytes. */
  private static String inBase64(byte[] secret, int before) {
    byte[] bytes = new byte[before + secret.length];
    System.arraycopy(secret, 0, bytes, before, secret.length);
    String text = Base64.getEncoder().withoutPadding().encodeToString(bytes);
    // The first and last characters also encode bits of neighbouring bytes.
    int from = (before * 8 + 5) / 6;
    int to = bytes.length * 8 / 6;
    return BETWEEN_BASE64.matcher(text.substring(from, to)).replaceAll("");
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
