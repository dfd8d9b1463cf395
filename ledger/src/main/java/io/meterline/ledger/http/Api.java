package io.meterline.ledger.http;

import com.sun.net.httpserver.HttpExchange;
import io.meterline.ledger.Ledger;
import io.meterline.ledger.LedgerViews;
import io.meterline.ledger.usage.BadQuery;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/** The paths of the API, and the methods that each has. */
final class Api {
  static final String DESCRIPTION = "/api/openapi.json";

  /** As many questions as are answered at once: each may use the database's memory. */
  private static final int MOST_AT_ONCE = 8;

  private static final Duration MOST_WAIT = Duration.ofSeconds(10);

  private final Map<String, Map<String, Question>> paths = new TreeMap<>();
  private final QueryPermits turns = new QueryPermits(MOST_AT_ONCE, MOST_WAIT);

  @FunctionalInterface
  private interface Question {
    Response answer(HttpExchange exchange) throws Problem, IOException;
  }

  Api(Ledger ledger) {
    LedgerViews views = new LedgerViews(ledger);
    UsageAnswers usage = new UsageAnswers(ledger, views);
    ListAnswers lists = new ListAnswers(ledger, views);
    IngestAnswers ingest = new IngestAnswers(ledger, views, turns);
    get("/api/usage", usage::usage);
    get("/api/totals", usage::totals);
    get("/api/dimensions", usage::dimensions);
    get("/api/customers", lists::customers);
    get("/api/records", lists::records);
    get("/api/status", lists::status);
    get("/api/arrivals", lists::arrivals);
    get("/api/quarantine", lists::quarantine);
    get("/api/conflicts", lists::conflicts);
    paths.put(DESCRIPTION, Map.of("GET", exchange -> description()));
    // Those who write take turns of their own, once what they bring is here.
    paths.put("/api/meters", Map.of("GET", inTurn(lists::meters), "PUT", ingest::define));
    paths.put("/api/ingest", Map.of("POST", ingest::ingest));
  }

  private void get(String path, Question question) {
    paths.put(path, Map.of("GET", inTurn(question)));
  }

  private Question inTurn(Question question) {
    return exchange -> {
      try (QueryPermits.Turn _ = turns.take()) {
        return question.answer(exchange);
      } catch (BadQuery e) {
        // What can't be answered as it was asked is the asker's to change.
        throw Problem.badRequest(String.valueOf(e.getMessage()));
      }
    };
  }

  /**
   * Answers a request.
   *
   * @param method GET for HEAD as well
   */
  Response answer(HttpExchange exchange, String method) throws Problem, IOException {
    String path = exchange.getRequestURI().getPath();
    Map<String, Question> methods = paths.get(path);
    if (methods == null) {
      throw Problem.notFound(path);
    }
    if (method.equals("OPTIONS")) {
      return Response.allowing(allowed(methods.keySet()));
    }
    Question question = methods.get(method);
    if (question == null) {
      throw Problem.wrongMethod(allowed(methods.keySet()));
    }
    return question.answer(exchange);
  }

  private static String allowed(Collection<String> methods) {
    StringBuilder text = new StringBuilder();
    methods.stream()
        .sorted()
        .forEach(method -> text.append(method.equals("GET") ? "GET, HEAD" : method).append(", "));
    return text + "OPTIONS";
  }

  private static Response description() throws IOException {
    try (InputStream in = Api.class.getResourceAsStream("openapi.json")) {
      if (in == null) {
        throw new FileNotFoundException("openapi.json is missing from the program");
      }
      return new Response(
          200, "application/json", in.readAllBytes(), Map.of("Cache-Control", "no-cache"));
    }
  }
}
