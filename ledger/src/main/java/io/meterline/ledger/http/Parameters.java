package io.meterline.ledger.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.meterline.ledger.usage.CsvFields;
import java.net.URI;
import java.net.URLDecoder;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The parameters of a request; one that is not known is a mistake, and said to be one. */
final class Parameters {
  /** Whether CSV is for a spreadsheet. */
  static final String SPREADSHEET = "spreadsheet";

  /** The times that a record can have, and a day for the zones at either side. */
  private static final Instant OLDEST = Instant.parse("1969-12-31T00:00:00Z");

  private static final Instant NEWEST = Instant.parse("+10000-01-02T00:00:00Z");

  /** A record's id, customer or meter may be long, but nobody asks for more than this. */
  private static final int MOST_LENGTH = 4096;

  private static final int MOST_PARAMETERS = 1000;

  private final Map<String, List<String>> values = new LinkedHashMap<>();

  static Parameters of(URI uri, Set<String> known) throws Problem {
    Parameters parameters = new Parameters();
    String query = uri.getRawQuery();
    if (query == null || query.isEmpty()) {
      return parameters;
    }
    String[] pairs = query.split("&", MOST_PARAMETERS + 1);
    if (pairs.length > MOST_PARAMETERS) {
      throw Problem.badRequest("more than %d parameters".formatted(MOST_PARAMETERS));
    }
    for (String pair : pairs) {
      int equals = pair.indexOf('=');
      String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
      if (!known.contains(name)) {
        throw Problem.badRequest(
            "parameter '%s' is unknown; there are %s"
                .formatted(Texts.shown(name), String.join(", ", known.stream().sorted().toList())));
      }
      if (parameters.values.containsKey(name) && !name.equals("filter")) {
        throw Problem.badRequest("parameter '%s' is duplicated".formatted(name));
      }
      String value = equals < 0 ? "" : decoded(pair.substring(equals + 1));
      if (value.length() > MOST_LENGTH) {
        throw Problem.badRequest(
            "%s: %d characters, and at most %d are allowed"
                .formatted(name, value.length(), MOST_LENGTH));
      }
      parameters.values.computeIfAbsent(name, unknown -> new ArrayList<>()).add(value);
    }
    return parameters;
  }

  private static String decoded(String text) throws Problem {
    try {
      return URLDecoder.decode(text, UTF_8);
    } catch (IllegalArgumentException e) {
      throw Problem.badRequest("'%s' is not URL-encoded".formatted(Texts.shown(text)));
    }
  }

  List<String> all(String name) {
    return values.getOrDefault(name, List.of());
  }

  String text(String name, String otherwise) {
    List<String> found = all(name);
    return found.isEmpty() ? otherwise : found.getLast();
  }

  String required(String name) throws Problem {
    String value = text(name, "");
    if (value.isEmpty()) {
      throw Problem.badRequest("parameter '%s' is missing".formatted(name));
    }
    return value;
  }

  int number(String name, int otherwise, int least, int most) throws Problem {
    String text = text(name, Integer.toString(otherwise));
    try {
      int number = Integer.parseInt(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below, as for a number beyond the bounds.
    }
    throw Problem.badRequest(
        "%s: '%s' must be a whole number from %d to %d"
            .formatted(name, Texts.shown(text), least, most));
  }

  /** Whether it is true; not, where it is not there. */
  boolean flag(String name) throws Problem {
    String text = text(name, "false");
    if (!text.equals("true") && !text.equals("false")) {
      throw Problem.badRequest("%s: '%s' must be true or false".formatted(name, Texts.shown(text)));
    }
    return text.equals("true");
  }

  /** How CSV is to be written. */
  CsvFields csvFields() throws Problem {
    return flag(SPREADSHEET) ? CsvFields.SPREADSHEET : CsvFields.EXACT;
  }

  ZoneId zone() throws Problem {
    String text = text("zone", "UTC");
    try {
      return ZoneId.of(text);
    } catch (DateTimeException e) {
      throw Problem.badRequest(
          "zone: '%s' is not a time zone; one is Europe/Berlin".formatted(Texts.shown(text)));
    }
  }

  /** A day in the zone, or a time with its offset. */
  Instant instant(String name, String text, ZoneId zone) throws Problem {
    try {
      Instant instant =
          text.length() == "2026-11-01".length()
              ? LocalDate.parse(text).atStartOfDay(zone).toInstant()
              : OffsetDateTime.parse(text).toInstant();
      if (instant.isBefore(OLDEST) || instant.isAfter(NEWEST)) {
        throw Problem.badRequest(
            "%s: %s is not from 1970 to 9999".formatted(name, Texts.shown(text)));
      }
      return instant;
    } catch (DateTimeException e) {
      throw Problem.badRequest(
          "%s: '%s' is neither a day, such as 2026-11-01, nor a time, such as 2026-11-01T06:00:00Z"
              .formatted(name, Texts.shown(text)));
    }
  }
}
