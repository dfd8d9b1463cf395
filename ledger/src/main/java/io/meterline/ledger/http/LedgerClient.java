package io.meterline.ledger.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.meterline.core.json.JsonText;
import io.meterline.ledger.LedgerQuestions;
import io.meterline.ledger.LedgerStatus;
import io.meterline.ledger.store.LedgerException;
import io.meterline.ledger.usage.Aggregation;
import io.meterline.ledger.usage.BadQuery;
import io.meterline.ledger.usage.MeterDefinition;
import io.meterline.ledger.usage.Usage;
import io.meterline.ledger.usage.UsageLimits;
import io.meterline.ledger.usage.UsageQuery;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Asks the server that has a ledger open. */
public final class LedgerClient implements LedgerQuestions {
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration ANSWER = Duration.ofMinutes(5);

  private final String address;
  private final String token;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  /**
   * A client of one server.
   *
   * @param token what the server asks for; empty for none. It is only sent encrypted, or within
   *     this machine
   */
  public LedgerClient(URI server, String token) throws LedgerException {
    this.address = requireNonNull(server, "server is null").toString().replaceFirst("/+$", "");
    this.token = requireNonNull(token, "token is null");
    String host = String.valueOf(server.getHost());
    if (!token.isEmpty() && !"https".equals(server.getScheme()) && !Gate.isLoopback(host)) {
      throw new LedgerException(
          address + ": a token is not sent over plain HTTP to another machine: use https://");
    }
  }

  @Override
  public Usage usage(UsageQuery query, UsageLimits limits) throws IOException {
    byte[] answer = get("/api/usage?" + UsageAnswer.parameters(query));
    return UsageAnswer.read(query, new AnswerReader(answer));
  }

  @Override
  public List<MeterDefinition> meters() throws IOException {
    List<MeterDefinition> all = new ArrayList<>();
    String after = "";
    List<MeterDefinition> page;
    do {
      page = meters(after);
      all.addAll(page);
      String last = page.isEmpty() ? "" : page.getLast().meter();
      if (!page.isEmpty() && last.equals(after)) {
        throw new LedgerException(address + ": this is not a ledger server");
      }
      after = last;
    } while (page.size() >= ListAnswers.MOST_LISTED);
    return all;
  }

  private List<MeterDefinition> meters(String after) throws IOException {
    String query =
        "?limit=" + ListAnswers.MOST_LISTED + "&after=" + URLEncoder.encode(after, UTF_8);
    AnswerReader answer = new AnswerReader(get("/api/meters" + query));
    List<MeterDefinition> meters = new ArrayList<>();
    answer.object(
        name ->
            answer.array(
                element -> {
                  Map<String, String> meter = new HashMap<>();
                  answer.object(member -> meter.put(member, answer.text()));
                  meters.add(
                      new MeterDefinition(
                          meter.getOrDefault("meter", ""),
                          Aggregation.valueOf(meter.getOrDefault("aggregation", "SUM")),
                          meter.getOrDefault("over", ""),
                          meter.getOrDefault("unit", "")));
                }));
    return meters;
  }

  @Override
  public List<String> define(List<MeterDefinition> definitions) throws IOException {
    List<String> warnings = new ArrayList<>();
    if (definitions.isEmpty()) {
      return warnings;
    }
    JsonText meters = new JsonText();
    for (MeterDefinition one : definitions) {
      JsonText json = new JsonText().member("aggregation", one.aggregation().word());
      json.member("over", one.over()).member("unit", one.unit());
      meters.literal(one.meter(), new String(json.end(), UTF_8));
    }
    byte[] body = new JsonText().literal("meters", new String(meters.end(), UTF_8)).end();
    byte[] answer =
        send(request("/api/meters").PUT(BodyPublishers.ofByteArray(body)).build()).body();
    if (answer.length > 0) {
      AnswerReader reader = new AnswerReader(answer);
      reader.object(name -> reader.array(element -> warnings.add(reader.text())));
    }
    return warnings;
  }

  @Override
  public LedgerStatus status() throws IOException {
    Map<String, Long> counts = counts();
    return new LedgerStatus(
        counts.getOrDefault("format", 0L).intValue(),
        counts.getOrDefault("objects", 0L),
        counts.getOrDefault("records", 0L),
        counts.getOrDefault("rows", 0L),
        counts.getOrDefault("duplicates", 0L),
        counts.getOrDefault("conflicts", 0L),
        counts.getOrDefault("quarantined", 0L),
        counts.getOrDefault("undelivered", 0L),
        counts.getOrDefault("meters", 0L),
        counts.getOrDefault("customers", 0L),
        counts.getOrDefault("oldestMillis", 0L),
        counts.getOrDefault("newestMillis", 0L),
        counts.getOrDefault("loadedMillis", 0L));
  }

  @Override
  public long bytes() throws IOException {
    return counts().getOrDefault("bytes", 0L);
  }

  private Map<String, Long> counts() throws IOException {
    AnswerReader answer = new AnswerReader(get("/api/status"));
    Map<String, Long> counts = new HashMap<>();
    try {
      answer.object(name -> counts.put(name, Long.valueOf(answer.text())));
    } catch (NumberFormatException e) {
      throw new LedgerException(address + ": this is not a ledger server", e);
    }
    return counts;
  }

  private byte[] get(String path) throws IOException {
    return send(request(path).build()).body();
  }

  private HttpRequest.Builder request(String path) throws LedgerException {
    try {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(address + path))
              .timeout(ANSWER)
              .header("Accept", "application/json");
      return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
    } catch (IllegalArgumentException e) {
      // The reason would hold the token.
      throw new LedgerException(address + ": the address or the token can't be sent over HTTP");
    }
  }

  private HttpResponse<byte[]> send(HttpRequest request) throws IOException {
    HttpResponse<byte[]> response;
    try {
      response = client.send(request, BodyHandlers.ofByteArray());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while " + address + " was asked");
    } catch (IOException e) {
      String why = e.getMessage() == null ? "no connection" : e.getMessage();
      throw new LedgerException(address + ": the server does not answer: " + why, e);
    }
    int status = response.statusCode();
    if (status == 401) {
      throw new LedgerException(
          address
              + (token.isEmpty()
                  ? ": the server asks for a token: set METERLINE_TOKEN, or give --token-file"
                  : ": this is not the server's token"));
    }
    if (status == 400) {
      throw new BadQuery(detail(response.body()));
    }
    if (status < 200 || status > 299) {
      throw new LedgerException(
          "%s: the server answers %d: %s".formatted(address, status, detail(response.body())));
    }
    return response;
  }

  private static String detail(byte[] body) {
    StringBuilder detail = new StringBuilder();
    AnswerReader problem = new AnswerReader(body);
    try {
      problem.object(
          name -> {
            String text = problem.text();
            if (name.equals("detail")) {
              detail.append(text);
            }
          });
    } catch (IOException e) {
      return "no problem that a ledger's server would tell";
    }
    return detail.toString();
  }

  @Override
  public void close() {
    client.close();
  }
}
