package io.meterline.ledger.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lets through whom the ledger is for: with a token, who has it; without one, programs and pages of
 * this machine alone.
 */
final class Gate {
  private static final Pattern PORT = Pattern.compile(":\\d*$");
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|[a-z0-9.-]+\\.localhost|127(?:\\.\\d{1,3}){3}|\\[::1]");

  private static final String BEARER = "Bearer ";

  /** As senders of the ingest contract have it. */
  private static final String KEY_HEADER = "X-API-KEY";

  private static final Pattern AUTHORITY = Pattern.compile("https?://([^/?#]*)");

  /** The server's own page, and a person who types the address. */
  private static final Set<String> OWN_SITES = Set.of("same-origin", "none");

  private final String token;

  /**
   * Makes a gate.
   *
   * @param token empty for none
   */
  Gate(String token) {
    this.token = token;
  }

  /** Whether a host's name is one of this machine alone. */
  static boolean isLoopback(String host) {
    return LOOPBACK.matcher(host.toLowerCase(Locale.ROOT)).matches();
  }

  /** Whether the request may be answered at all. */
  void checkOrigin(Headers headers) throws Problem {
    String host = first(headers, "Host").toLowerCase(Locale.ROOT);
    // A name of elsewhere that resolves to this machine would make a page of elsewhere one of here.
    if (token.isEmpty() && !LOOPBACK.matcher(PORT.matcher(host).replaceFirst("")).matches()) {
      throw Problem.elsewhere(host);
    }
    // A page of elsewhere, opened in a browser on this machine, must not write here.
    String origin = first(headers, "Origin").toLowerCase(Locale.ROOT);
    if (!origin.isEmpty()
        && !origin.equals("http://" + host)
        && !origin.equals("https://" + host)) {
      throw Problem.forbidden("requests of pages of other origins are not answered");
    }
  }

  /**
   * Refuses what a page of elsewhere makes a browser ask for here, as an image or script does
   * without telling its origin. Browsers say so by other headers; programs send none of them.
   */
  void checkSite(Headers headers) throws Problem {
    String site = first(headers, "Sec-Fetch-Site").toLowerCase(Locale.ROOT);
    Matcher referer = AUTHORITY.matcher(first(headers, "Referer").toLowerCase(Locale.ROOT));
    String host = first(headers, "Host").toLowerCase(Locale.ROOT);
    boolean isFromElsewhere = referer.lookingAt() && !referer.group(1).equals(host);
    if ((!site.isEmpty() && !OWN_SITES.contains(site)) || isFromElsewhere) {
      throw Problem.forbidden("requests of pages of other sites are not answered");
    }
  }

  /** Whether the request may see data. */
  void checkToken(Headers headers) throws Problem {
    boolean hasKey = isToken(first(headers, KEY_HEADER));
    boolean hasBearer = isToken(bearer(first(headers, "Authorization")));
    if (!token.isEmpty() && !hasKey && !hasBearer) {
      throw Problem.unauthorized();
    }
  }

  private boolean isToken(String given) {
    return MessageDigest.isEqual(token.getBytes(UTF_8), given.getBytes(UTF_8));
  }

  /** The token after the scheme's name, whose case does not count. */
  private static String bearer(String authorization) {
    return authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
        ? authorization.substring(BEARER.length()).strip()
        : "";
  }

  private static String first(Headers headers, String name) {
    String value = headers.getFirst(name);
    return value == null ? "" : value;
  }
}
