package io.meterline.http;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What a receiver answered.
 *
 * @param text how its body starts
 */
record Answer(int status, HttpHeaders headers, String text) {
  /** What an answer means for the batch. */
  enum Verdict {
    TAKEN,
    NOT_NOW,
    RECORD_REFUSED,
    KEY_REFUSED,
    WRONG_ADDRESS
  }

  private static final int TEXT_BYTES = 2048;

  /** Request Timeout, Too Early, Too Many Requests. */
  private static final Set<Integer> PASSING = Set.of(408, 425, 429);

  /**
   * Not Found, Method Not Allowed, Proxy Authentication Required, Gone, Unsupported Media Type,
   * Misdirected Request, Upgrade Required: whatever the record, the answer would be the same.
   */
  private static final Set<Integer> ABOUT_THE_ADDRESS = Set.of(404, 405, 407, 410, 415, 421, 426);

  Verdict verdict() {
    if (status >= 200 && status < 300) {
      return Verdict.TAKEN;
    }
    if (status >= 500 || PASSING.contains(status)) {
      return Verdict.NOT_NOW;
    }
    if (status == 401 || status == 403) {
      return Verdict.KEY_REFUSED;
    }
    return status < 400 || ABOUT_THE_ADDRESS.contains(status)
        ? Verdict.WRONG_ADDRESS
        : Verdict.RECORD_REFUSED;
  }

  /** How long the receiver asks to be left alone: seconds, or a date beside its own clock's. */
  Duration retryAfter() {
    String value = headers.firstValue("Retry-After").orElse("").strip();
    if (value.matches("[0-9]{1,9}")) {
      return Duration.ofSeconds(Long.parseLong(value));
    }
    Optional<ZonedDateTime> then = date(value);
    Optional<ZonedDateTime> now = headers.firstValue("Date").flatMap(Answer::date);
    if (then.isEmpty() || now.isEmpty() || then.get().isBefore(now.get())) {
      return Duration.ZERO;
    }
    return Duration.between(now.get(), then.get());
  }

  /** Where a redirect points, for a message. */
  String otherPlace() {
    return headers
        .firstValue("Location")
        .map(place -> "; it points to " + place.replaceFirst("[?#].*", ""))
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

    @Override
    public synchronized void accept(Optional<byte[]> next) {
      next.ifPresent(
          more -> bytes.write(more, 0, Math.min(more.length, TEXT_BYTES - bytes.size())));
    }

    synchronized String text() {
      return bytes.toString(StandardCharsets.UTF_8);
    }
  }
}
