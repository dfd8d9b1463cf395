package io.meterline.core.http;

import static java.util.Objects.requireNonNull;

import io.meterline.core.BodyFormat;
import io.meterline.core.PartLimits;
import io.meterline.core.Secret;
import io.meterline.core.UriText;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Who takes records over HTTP, and how.
 *
 * @param url where bodies are posted
 * @param apiKey what the header {@code X-API-KEY} carries; without one there is no such header
 * @param format how bodies are written; a compressed one has {@code Content-Encoding: gzip}
 * @param bounds of one body
 * @param timeout how long one answer is waited for
 */
public record HttpReceiver(
    URI url, Optional<Secret> apiKey, BodyFormat format, PartLimits bounds, Duration timeout) {
  /** Bodies of at most 100 records, as the ingest contract's clients send, and 1 MiB. */
  public static final PartLimits DEFAULT_BOUNDS = new PartLimits(100, 1024 * 1024);

  private static final int MAX_PORT = 65_535;
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|[a-z0-9.-]+\\.localhost|127(?:\\.\\d{1,3}){3}|\\[::1]");
  private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);

  public HttpReceiver {
    requireNonNull(apiKey, "apiKey is null");
    requireNonNull(format, "format is null");
    requireNonNull(bounds, "bounds is null");
    requireNonNull(timeout, "timeout is null");
    String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
    if (!(scheme.equals("http") || scheme.equals("https")) || url.getHost() == null) {
      throw new IllegalArgumentException(
          "'%s' must start with http:// or https:// and a host"
              .formatted(UriText.shown(url.toString())));
    }
    if (url.getRawUserInfo() != null) {
      throw new IllegalArgumentException(
          "the URL of %s must not hold a password: the key goes in the header X-API-KEY"
              .formatted(url.getHost()));
    }
    if (url.getPort() == 0 || url.getPort() > MAX_PORT) {
      throw new IllegalArgumentException(
          "port %d of %s is not from 1 to %d".formatted(url.getPort(), url.getHost(), MAX_PORT));
    }
    // A key that no header can carry would be quoted by whoever refuses the header.
    apiKey.map(Secret::reveal).ifPresent(Secret::visible);
  }

  /** One that takes gzip and the usual bounds. */
  public static HttpReceiver of(URI url, Optional<Secret> apiKey) {
    return new HttpReceiver(url, apiKey, BodyFormat.JSON_GZ, DEFAULT_BOUNDS, DEFAULT_TIMEOUT);
  }

  /** The same with another form of the bodies. */
  public HttpReceiver with(BodyFormat other) {
    return new HttpReceiver(url, apiKey, other, bounds, timeout);
  }

  boolean isTls() {
    return url.getScheme().equalsIgnoreCase("https");
  }

  /** Whether others can read what is sent: there is no TLS, and the host is not this machine. */
  public boolean isReadableOnTheWay() {
    boolean isHere = LOOPBACK.matcher(url.getHost().toLowerCase(Locale.ROOT)).matches();
    return !isTls() && !isHere;
  }

  @Override
  public String toString() {
    return "HttpReceiver(%s, %s)".formatted(name(), format.word());
  }

  /** The URL for messages: a query may hold what is not for all eyes. */
  public String name() {
    return url.getScheme() + "://" + url.getRawAuthority() + url.getRawPath();
  }
}
