package io.meterline.core;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Addresses as messages and logs may show them: without user, password, query and fragment. */
public final class UriText {
  private static final Pattern SCHEME = Pattern.compile("^[A-Za-z][A-Za-z0-9+.-]{0,15}:(?://)?");
  private static final Pattern NOT_SHOWN = Pattern.compile("[\\s\\p{C}\\x{2028}\\x{2029}]+");

  /** What follows a colon and is no port, or is before an escaped @. */
  private static final Pattern PASSWORD_AFTER =
      Pattern.compile("[^/?#\\[:]*(:(?!\\d{0,5}(?:[/?#]|$))|%40|%3A)", Pattern.CASE_INSENSITIVE);

  /** An address in a text. One slash is left where it was taken for a path. */
  private static final Pattern ADDRESS =
      Pattern.compile("(?<![A-Za-z0-9+.-])([A-Za-z][A-Za-z0-9+.-]{1,15}):/{1,2}(?!/)");

  private static final Pattern END_OF_WORD = Pattern.compile("[:,;.)\\]]*(?=[\\s'\"]|$)");

  /** The value of a parameter that is named like a secret. */
  private static final Pattern SECRET_PARAMETER =
      Pattern.compile(
          "([?&;#][^=&\\s'\"]*(?:token|key|secret|passw|pwd|signature|sig|credential|auth)[^=&\\s'\"]*=)[^&\\s'\"]*?(?=[:,;.)\\]]*(?:[&\\s'\"]|$))",
          Pattern.CASE_INSENSITIVE);

  private static final Set<String> FILES = Set.of("dir", "file");
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
    // If a question mark precedes it, the last @ may be part of a password or of a query.
    return at < query
        ? oneLine(start + HIDDEN + "@" + uri.substring(at + 1, query))
        : start + HIDDEN;
  }

  /**
   * A text, such as a message, with {@code (hidden)} in place of users, passwords and secret
   * parameters of the addresses in it. What can't be told from a password is hidden as well.
   */
  public static String hiddenIn(String text) {
    StringBuilder shown = new StringBuilder();
    Matcher address = ADDRESS.matcher(text);
    int done = 0;
    while (address.find(done)) {
      shown.append(text, done, address.end());
      done = address.end();
      if (!FILES.contains(address.group(1))) {
        int end = endOfUserInfo(text, done);
        shown.append(end > done ? HIDDEN : "");
        done = end;
      }
    }
    shown.append(text, done, text.length());
    return SECRET_PARAMETER.matcher(shown).replaceAll("$1" + HIDDEN);
  }

  /** Where the user and password end that start here, if there are any. */
  private static int endOfUserInfo(String text, int from) {
    Matcher word = END_OF_WORD.matcher(text);
    int end = word.find(from) ? word.start() : text.length();
    String address = text.substring(from, end);
    int at = address.lastIndexOf('@');
    boolean isPassword = PASSWORD_AFTER.matcher(address).lookingAt();
    if (isPassword && at < 0) {
      // It may have blanks or quotes in it; without an @ all of the address may be a secret.
      return Math.max(end, text.lastIndexOf('@'));
    }
    // What looks like a port may be how a password starts.
    int authority = firstOf(address, '/', '?');
    boolean isUser = at >= 0 && (at < authority || address.lastIndexOf(':', authority) >= 0);
    return isPassword || isUser ? from + at : from;
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
