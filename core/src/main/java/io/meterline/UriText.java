package io.meterline;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Addresses as messages and logs may show them: without user, password, query and fragment. */
public final class UriText {
  private static final Pattern SCHEME = Pattern.compile("^[A-Za-z][A-Za-z0-9+.-]{0,15}:(?://)?");
  private static final Pattern NOT_SHOWN = Pattern.compile("[\\s\\p{C}\\x{2028}\\x{2029}]+");

  /** What follows a colon and is no port, or is before an escaped @. */
  private static final Pattern PASSWORD_AFTER =
      Pattern.compile("[^/?#\\[:]*(:(?!\\d{0,5}(?:[/?#]|$))|%40)", Pattern.CASE_INSENSITIVE);

  private static final String FOLDER = "dir:";
  private static final String HIDDEN = "(hidden)";

  private UriText() {}

  /** What may be shown of a text that was written where an address belongs, well-formed or not. */
  public static String shown(String uri) {
    if (uri.startsWith(FOLDER)) {
      return uri;
    }
    Matcher scheme = SCHEME.matcher(uri);
    String start = scheme.lookingAt() ? scheme.group() : "";
    int query = firstOf(uri, '?', '#');
    int at = uri.lastIndexOf('@');
    if (at < 0
        && start.endsWith("//")
        && PASSWORD_AFTER.matcher(uri).region(start.length(), uri.length()).lookingAt()) {
      // The @ is escaped, or the host is missing.
      return start + HIDDEN;
    }
    if (at < 0) {
      return oneLine(uri.substring(0, query));
    }
    if (!start.endsWith("//")) {
      // What looks like a scheme may be a user here.
      return HIDDEN;
    }
    // With a question mark before it, the last @ may stand in a password or in a query.
    return at < query
        ? oneLine(start + HIDDEN + "@" + uri.substring(at + 1, query))
        : start + HIDDEN;
  }

  private static int firstOf(String text, char one, char other) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == one || text.charAt(i) == other) {
        return i;
      }
    }
    return text.length();
  }

  private static String oneLine(String text) {
    return NOT_SHOWN.matcher(text).replaceAll(" ").strip();
  }
}
