package io.meterline.core.http;

import io.meterline.core.UriText;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * What a receiver answered.
 *
 * @param body its first bytes
 * @param isCut whether there were more
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record ReceiverResponse(int status, HttpHeaders headers, byte[] body, boolean isCut) {
  /** What a status means for the batch. */
  enum Verdict {
    ACCEPTED,
    NOT_NOW,
    REFUSED,
    TOO_LARGE,
    KEY_REFUSED,
    WRONG_SETTING
  }

  private static final int TEXT_BYTES = 2048;

  /** So much of a body is searched for the key, in bytes. */
  private static final int MASKED_BYTES = 60 * 1024;

  /** The longest form in which a key may be written, in bytes. */
  private static final int MOST_OF_A_KEY = 16 * 1024;

  private static final int CONTENT_TOO_LARGE = 413;

  /** Request Timeout, Too Early, Too Many Requests. */
  private static final Set<Integer> PASSING = Set.of(408, 425, 429);

  /**
   * Payment Required, Not Found, Method Not Allowed, Proxy Authentication Required, Gone, Length
   * Required, Unsupported Media Type, Misdirected Request, Upgrade Required: whatever the record,
   * the answer would be the same.
   */
  private static final Set<Integer> ABOUT_SETTINGS =
      Set.of(402, 404, 405, 407, 410, 411, 415, 421, 426);

  /** What servers answer to plain HTTP at a port that speaks TLS: nginx, Apache, Go, Tomcat. */
  private static final Pattern PLAIN_AT_TLS =
      Pattern.compile(
          "plain HTTP request was sent to HTTPS port|speaking plain HTTP to an SSL-enabled"
              + "|HTTP request to an HTTPS server|host and port requires TLS",
          Pattern.CASE_INSENSITIVE);

  /** The start of HTML or XML. No receiver of JSON says so that it has accepted records. */
  private static final Pattern MARKUP = Pattern.compile("[\\s\\x{FEFF}]*<");

  Verdict verdict() {
    if (status >= 200 && status < 300) {
      return isPage() ? Verdict.WRONG_SETTING : Verdict.ACCEPTED;
    }
    if (status >= 500 || PASSING.contains(status)) {
      return Verdict.NOT_NOW;
    }
    if (status == 401 || status == 403) {
      return Verdict.KEY_REFUSED;
    }
    if (status < 400 || ABOUT_SETTINGS.contains(status) || isForTls()) {
      return Verdict.WRONG_SETTING;
    }
    return status == CONTENT_TOO_LARGE ? Verdict.TOO_LARGE : Verdict.REFUSED;
  }

  /** Whether the port speaks TLS, and was sent plain HTTP. */
  boolean isForTls() {
    return status == 400 && PLAIN_AT_TLS.matcher(text().replaceAll("\\s+", " ")).find();
  }

  /** Whether a success is a web page, such as that of a login or a proxy, or an error in XML. */
  boolean isPage() {
    return status >= 200 && status < 300 && (isHtml() || MARKUP.matcher(text()).lookingAt());
  }

  private boolean isHtml() {
    String type = headers.firstValue("Content-Type").orElse("");
    return body.length > 0 && type.strip().toLowerCase(Locale.ROOT).startsWith("text/html");
  }

  /** How its body starts, for messages. */
  String text() {
    return new String(body, 0, Math.min(body.length, TEXT_BYTES), StandardCharsets.UTF_8);
  }

  /**
   * How its body starts, for a message. It is masked before it is cut, since half a key is almost a
   * key: what may be cut off by the end of what was read is left out.
   */
  String quote(UnaryOperator<String> masked) {
    boolean cut = isCut || body.length > MASKED_BYTES;
    int length = Math.min(body.length, MASKED_BYTES) - (cut ? MOST_OF_A_KEY : 0);
    String all = new String(body, 0, Math.max(0, length), StandardCharsets.UTF_8);
    String text = masked.apply(all);
    return text.substring(0, Math.min(text.length(), TEXT_BYTES));
  }

  /** How long the receiver asks to be left alone: seconds, or a date beside its own clock's. */
  Duration retryAfter() {
    String value = headers.firstValue("Retry-After").orElse("").strip();
    if (value.matches("[0-9]{1,9}")) {
      return Duration.ofSeconds(Long.parseLong(value));
    }
    Optional<ZonedDateTime> then = date(value);
    Optional<ZonedDateTime> now = headers.firstValue("Date").flatMap(ReceiverResponse::date);
    if (then.isEmpty() || now.isEmpty() || then.get().isBefore(now.get())) {
      return Duration.ZERO;
    }
    return Duration.between(now.get(), then.get());
  }

  /** Where a redirect points, for a message. */
  String otherPlace() {
    return headers
        .firstValue("Location")
        .map(place -> "; it points to " + UriText.shown(place))
        .orElse("");
  }

  private static Optional<ZonedDateTime> date(String value) {
    try {
      return Optional.of(ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /**
   * The start of a body: the rest is read and dropped, so that the connection can be used again.
   */
  static final class Head implements Consumer<Optional<byte[]>> {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final int most;
    private boolean isCut;

    Head(int most) {
      this.most = most;
    }

    @Override
    public synchronized void accept(Optional<byte[]> next) {
      next.ifPresent(
          more -> {
            int kept = Math.min(more.length, most - bytes.size());
            bytes.write(more, 0, kept);
            isCut |= kept < more.length;
          });
    }

    synchronized ReceiverResponse answer(int status, HttpHeaders headers) {
      return new ReceiverResponse(status, headers, bytes.toByteArray(), isCut);
    }
  }
}
