package io.meterline.ledger.http;

import com.sun.net.httpserver.HttpExchange;
import io.meterline.ledger.Ledger;
import io.meterline.ledger.LedgerViews;
import io.meterline.ledger.usage.BadQuery;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** The paths of the API, and the methods that each has. */
final class Api {
  static final String DESCRIPTION = "/api/openapi.json";

  /** As many questions as are answered at once: each may hold an answer of some megabytes. */
  private static final int MOST_AT_ONCE = 8;

  private static final int MOST_WAIT_SECONDS = 10;

  private final Map<String, Map<String, Question>> paths = new TreeMap<>();
  private final Semaphore turns = new Semaphore(MOST_AT_ONCE, true);

  @FunctionalInterface
  private interface Question {
    Answer answer(HttpExchange exchange) throws Problem, IOException;
  }

  Api(Ledger ledger) {
    LedgerViews views = new LedgerViews(ledger);
    UsageAnswers usage = new UsageAnswers(ledger, views);
    ListAnswers lists = new ListAnswers(ledger, views);
    IngestAnswers ingest = new IngestAnswers(ledger, views);
    get("/api/usage", usage::usage);
    get("/api/totals", usage::totals);
    get("/api/dimensions", usage::dimensions);
    get("/api/customers", lists::customers);
    get("/api/records", lists::records);
    get("/api/status", lists::status);
    get("/api/arrivals", lists::arrivals);
    get("/api/quarantine", lists::quarantine);
    get("/api/conflicts", lists::conflicts);
    get(DESCRIPTION, exchange -> description());
    paths.put("/api/meters", Map.of("GET", lists::meters, "PUT", ingest::define));
    paths.put("/api/ingest", Map.of("POST", ingest::ingest));
  }

  private void get(String path, Question question) {
    paths.put(path, Map.of("GET", refusing(question)));
  }

  /** What can't be answered as it was asked is the asker's to change. */
  private static Question refusing(Question question) {
    return exchange -> {
      try {
        return question.answer(exchange);
      } catch (BadQuery e) {
        throw Problem.badRequest(String.valueOf(e.getMessage()));
      }
    };
  }

  /**
   * Answers a request.
   *
   * @param method GET for HEAD as well
   */
  Answer answer(HttpExchange exchange, String method) throws Problem, IOException {
    String path = exchange.getRequestURI().getPath();
    Map<String, Question> methods = paths.get(path);
    if (methods == null) {
      throw Problem.notFound(path);
    }
    if (method.equals("OPTIONS")) {
      return Answer.allowing(allowed(methods.keySet()));
    }
    Question question = methods.get(method);
    if (question == null) {
      throw Problem.wrongMethod(allowed(methods.keySet()));
    }
    takeTurn();
    try {
      return question.answer(exchange);
    } finally {
      turns.release();
    }
  }

  private void takeTurn() throws Problem {
    try {
      if (!turns.tryAcquire(MOST_WAIT_SECONDS, TimeUnit.SECONDS)) {
        throw Problem.busy();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Problem.busy();
    }
  }

  private static String allowed(Collection<String> methods) {
    StringBuilder text = new StringBuilder();
    methods.stream()
        .sorted()
        .forEach(method -> text.append(method.equals("GET") ? "GET, HEAD" : method).append(", "));
    return text + "OPTIONS";
  }

  private static Answer description() throws IOException {
    try (InputStream in = Api.class.getResourceAsStream("openapi.json")) {
      if (in == null) {
        throw new FileNotFoundException("openapi.json is missing from the program");
      }
      return new Answer(
          200, "application/json", in.readAllBytes(), Map.of("Cache-Control", "no-cache"));
    }
  }
}
