package io.meterline.ledger.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import io.meterline.json.JsonCursor;
import io.meterline.json.JsonText;
import io.meterline.ledger.KeptAside;
import io.meterline.ledger.Ledger;
import io.meterline.ledger.LedgerViews;
import io.meterline.ledger.body.BrokenBody;
import io.meterline.ledger.store.Tally;
import io.meterline.ledger.usage.BadQuery;
import io.meterline.ledger.usage.DefinitionFile;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Takes in what requests bring: records, and definitions of meters. */
final class IngestAnswers {
  private static final int MOST_BODY_BYTES = 16 * 1024 * 1024;
  private static final int MOST_DEFINITION_BYTES = 1024 * 1024;
  private static final int MOST_DETAIL = 500;

  private final Ledger ledger;
  private final LedgerViews views;

  IngestAnswers(Ledger ledger, LedgerViews views) {
    this.ledger = ledger;
    this.views = views;
  }

  /** Answers for each record, in the order in which they stand in the body. */
  Answer ingest(HttpExchange exchange) throws Problem, IOException {
    Parameters.of(exchange.getRequestURI(), Set.of());
    byte[] body = body(exchange, MOST_BODY_BYTES);
    String name = "http/" + UUID.randomUUID();
    Map<Integer, Tally.Answer> answers;
    try {
      answers = ledger.ingest(name, body);
    } catch (BrokenBody e) {
      throw Problem.badRequest(e.reason().word() + ": " + e.detail());
    }
    boolean allWell =
        answers.values().stream()
            .allMatch(one -> one == Tally.Answer.STORED || one == Tally.Answer.DUPLICATE);
    Map<Integer, KeptAside.NotStored> why = allWell ? Map.of() : views.why(name);
    List<String> records = new ArrayList<>(answers.size());
    answers.forEach(
        (position, answer) -> {
          JsonText json = new JsonText().member("status", answer.name().toLowerCase(Locale.ROOT));
          KeptAside.NotStored notStored = why.get(position);
          if (notStored != null) {
            json.member("reason", notStored.reason()).member("detail", bounded(notStored.detail()));
          }
          records.add(new String(json.end(), UTF_8));
        });
    return Answer.list("records", records);
  }

  /** Senders read a bounded answer. */
  private static String bounded(String detail) {
    return detail.length() <= MOST_DETAIL ? detail : detail.substring(0, MOST_DETAIL) + "…";
  }

  /** Says what meters mean; answers with warnings where there are some. */
  Answer define(HttpExchange exchange) throws Problem, IOException {
    Parameters.of(exchange.getRequestURI(), Set.of());
    List<String> warnings;
    try {
      warnings =
          ledger.define(
              DefinitionFile.read(new String(body(exchange, MOST_DEFINITION_BYTES), UTF_8)));
    } catch (BadQuery e) {
      throw Problem.badRequest(String.valueOf(e.getMessage()));
    }
    if (!warnings.isEmpty()) {
      return Answer.texts("warnings", warnings);
    }
    return new Answer(204, "", new byte[0], Map.of("Cache-Control", "no-store"));
  }

  private static boolean isBlank(byte[] body) {
    for (byte b : body) {
      if (!JsonCursor.isSpace(b)) {
        return false;
      }
    }
    return true;
  }

  private static byte[] body(HttpExchange exchange, int most) throws Problem, IOException {
    String encoding = exchange.getRequestHeaders().getFirst("Content-Encoding");
    boolean isPacked = "gzip".equalsIgnoreCase(encoding);
    if (encoding != null && !isPacked && !encoding.equalsIgnoreCase("identity")) {
      throw Problem.wrongEncoding(encoding);
    }
    try (InputStream in =
        isPacked ? new GZIPInputStream(exchange.getRequestBody()) : exchange.getRequestBody()) {
      byte[] body = in.readNBytes(most + 1);
      if (body.length > most) {
        throw Problem.tooLarge(most);
      }
      if (isBlank(body)) {
        throw Problem.badRequest("the body is empty");
      }
      return body;
    } catch (ZipException | EOFException e) {
      throw Problem.badRequest("the body is not gzip to its end: " + e.getMessage());
    }
  }
}
