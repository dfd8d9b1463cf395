package io.meterline.cli.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.demo.ApiFunction;
import io.meterline.demo.MeterRecord;
import io.meterline.demo.MeteredApi;
import io.meterline.demo.MeteringRoute;
import io.meterline.demo.Route;
import io.meterline.emitter.MeterLogOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The API over real HTTP, in each way and each form of event. */
final class GatewayTest {
  private final Map<MeteringRoute, Queue<MeterRecord>> sent = new ConcurrentHashMap<>();
  private final List<String> answered = new ArrayList<>();
  @AutoClose private final HttpClient client = HttpClient.newHttpClient();

  private static Stream<Arguments> waysAndForms() {
    return Stream.of(MeteringRoute.values())
        .flatMap(way -> Stream.of(EventForm.values()).map(form -> Arguments.of(way, form)));
  }

  @ParameterizedTest
  @MethodSource("waysAndForms")
  void aCallIsAnsweredWithItsRecord(MeteringRoute way, EventForm form) throws Exception {
    try (Loopback gateway = gateway(form)) {
      String body = "{\"customerId\":\"Mü \\\"x\\\" \\u0000\",\"value\":1.10}";
      HttpResponse<String> answer =
          call(gateway, "POST", way.word(), BodyPublishers.ofString(body));
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
      assertThat(answer.headers().firstValue("Meterline-Destination")).hasValue("memory:");
      assertThat(answer.body())
          .isEqualTo(sent(way).element().json())
          .contains("\"customerId\":\"M\\u00fc \\\"x\\\" \\u0000\"", "\"meterValue\":1.10,");
      assertThat(answered).containsExactly("/%s 200 %s".formatted(way.word(), answer.body()));
    }
  }

  @ParameterizedTest
  @EnumSource
  void wrongCallsAreAnsweredAsTheApiSays(EventForm form) throws Exception {
    try (Loopback gateway = gateway(form)) {
      BodyPublisher none = BodyPublishers.noBody();
      assertThat(call(gateway, "POST", "nothing", none).statusCode()).isEqualTo(404);
      assertThat(call(gateway, "GET", "direct-api", none).statusCode()).isEqualTo(405);
      assertThat(call(gateway, "HEAD", "direct-api", none).statusCode()).isEqualTo(405);
      HttpResponse<String> bad =
          call(gateway, "POST", "direct-api", BodyPublishers.ofByteArray(new byte[] {'{', -1}));
      assertThat(bad.statusCode()).isEqualTo(400);
      assertThat(bad.body()).contains("\"error\":\"");
      HttpResponse<String> huge =
          call(gateway, "POST", "direct-api", BodyPublishers.ofByteArray(new byte[11_000_000]));
      assertThat(huge.statusCode()).isEqualTo(413);
      assertThat(sent.values()).allMatch(Queue::isEmpty);
    }
  }

  @ParameterizedTest
  @EnumSource
  void manyCallsAtOnceEachHaveTheirOwnRecord(EventForm form) throws Exception {
    try (Loopback gateway = gateway(form);
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<String>> answers = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        String word = MeteringRoute.words().get(i % 5);
        answers.add(
            callers.submit(() -> call(gateway, "POST", word, BodyPublishers.noBody()).body()));
      }
      List<String> bodies = new ArrayList<>();
      for (Future<String> answer : answers) {
        bodies.add(answer.get());
      }
      assertThat(bodies)
          .doesNotHaveDuplicates()
          .containsExactlyInAnyOrderElementsOf(
              sent.values().stream().flatMap(q -> q.stream().map(MeterRecord::json)).toList());
    }
  }

  private Queue<MeterRecord> sent(MeteringRoute way) {
    return sent.computeIfAbsent(way, none -> new ConcurrentLinkedQueue<>());
  }

  private Loopback gateway(EventForm form) throws IOException {
    Map<MeteringRoute, Route> routes = new EnumMap<>(MeteringRoute.class);
    for (MeteringRoute way : MeteringRoute.values()) {
      routes.put(way, new Route(sent(way)::add, "memory:"));
    }
    ApiFunction function = new ApiFunction(new MeteredApi(routes, MeterLogOptions.DEFAULT));
    return Loopback.start(
        0,
        new Gateway(
            function,
            form,
            (method, path, status, body, called) -> {
              synchronized (answered) {
                answered.add("%s %d %s".formatted(path, status, body));
              }
            },
            InstantSource.system()));
  }

  private HttpResponse<String> call(Loopback gateway, String verb, String word, BodyPublisher body)
      throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(URI.create(gateway.url("/" + word))).method(verb, body).build(),
        BodyHandlers.ofString(UTF_8));
  }
}
