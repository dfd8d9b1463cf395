package io.meterline.ledger.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import io.meterline.core.json.JsonText;
import io.meterline.ledger.Ledger;
import io.meterline.ledger.LedgerViews;
import io.meterline.ledger.Rejections;
import io.meterline.ledger.body.BrokenBody;
import io.meterline.ledger.store.LoadCounts;
import io.meterline.ledger.store.TooManyRecords;
import io.meterline.ledger.usage.BadQuery;
import io.meterline.ledger.usage.DefinitionFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Takes in what requests bring: records, and definitions of meters. */
final class IngestAnswers {
  private static final int MOST_BODY_BYTES = 16 * 1024 * 1024;
  private static final int MOST_DEFINITION_BYTES = 1024 * 1024;
  private static final int MOST_DETAIL = 500;

  /** Of the heap: what is taken in needs memory of its own. */
  private static final int BUDGET_PART = 8;

  private final Ledger ledger;
  private final LedgerViews views;
  private final QueryPermits questions;
  private final ByteBudget budget = ByteBudget.ofHeap(BUDGET_PART, 2 * MOST_BODY_BYTES);

  /**
   * Makes it.
   *
   * @param questions the turns of those who read
   */
  IngestAnswers(Ledger ledger, LedgerViews views, QueryPermits questions) {
    this.ledger = ledger;
    this.views = views;
    this.questions = questions;
  }

  /** Answers for each record, in the order in which they are in the body. */
  Response ingest(HttpExchange exchange) throws Problem, IOException {
    Parameters.of(exchange.getRequestURI(), Set.of());
    String name = "http/" + UUID.randomUUID();
    Map<Integer, LoadCounts.Answer> answers;
    try (RequestBody body = body(exchange, MOST_BODY_BYTES)) {
      answers = ledger.ingest(name, body.bytes());
    } catch (BrokenBody e) {
      throw Problem.badRequest(e.reason().word() + ": " + e.detail());
    } catch (TooManyRecords e) {
      throw Problem.tooLarge(String.valueOf(e.getMessage()));
    }
    boolean allWell =
        answers.values().stream()
            .allMatch(one -> one == LoadCounts.Answer.STORED || one == LoadCounts.Answer.DUPLICATE);
    Map<Integer, Rejections.NotStored> why = allWell ? Map.of() : why(name);
    List<String> records = new ArrayList<>(answers.size());
    answers.forEach(
        (position, answer) -> {
          JsonText json = new JsonText().member("status", answer.name().toLowerCase(Locale.ROOT));
          Rejections.NotStored notStored = why.get(position);
          if (notStored != null) {
            json.member("reason", notStored.reason()).member("detail", bounded(notStored.detail()));
          }
          records.add(new String(json.end(), UTF_8));
        });
    return Response.list("records", records);
  }

  /** Senders read a bounded answer. */
  private static String bounded(String detail) {
    return detail.length() <= MOST_DETAIL ? detail : detail.substring(0, MOST_DETAIL) + "…";
  }

  /** Says what meters mean; answers with warnings where there are some. */
  Response define(HttpExchange exchange) throws Problem, IOException {
    Parameters.of(exchange.getRequestURI(), Set.of());
    List<String> warnings;
    try (RequestBody body = body(exchange, MOST_DEFINITION_BYTES)) {
      warnings = ledger.define(DefinitionFile.read(new String(body.bytes(), UTF_8)));
    } catch (BadQuery e) {
      throw Problem.badRequest(String.valueOf(e.getMessage()));
    }
    if (!warnings.isEmpty()) {
      return Response.texts("warnings", warnings);
    }
    return new Response(204, "", new byte[0], Map.of("Cache-Control", "no-store"));
  }

  private Map<Integer, Rejections.NotStored> why(String name) throws Problem, IOException {
    try (QueryPermits.Turn _ = questions.take()) {
      return views.why(name);
    }
  }

  private RequestBody body(HttpExchange exchange, int most) throws Problem {
    return RequestBody.read(exchange.getRequestHeaders(), exchange.getRequestBody(), most, budget);
  }
}
