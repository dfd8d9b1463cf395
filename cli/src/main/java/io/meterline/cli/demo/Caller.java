package io.meterline.cli.demo;

import io.meterline.demo.MeteringRoute;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** Calls the API as its clients do: a number of times, over all ways in turn, several at once. */
final class Caller implements AutoCloseable {
  private static final int AT_ONCE = 16;
  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
  private static final List<MeteringRoute> WAYS = List.of(MeteringRoute.values());
  private static final List<String> VALUES = List.of("1", "1.10", "0.25", "12", "3e2");
  private static final List<String> REGIONS = List.of("eu-west-1", "us-west-2", "ap-southeast-1");

  private final URI api;
  private final int requests;
  private final long seed;
  private final AtomicInteger next = new AtomicInteger();
  private final List<String> failures = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT_TIMEOUT)
          .build();

  Caller(URI api, int requests, long seed) {
    this.api = api;
    this.requests = requests;
    this.seed = seed;
  }

  void start() {
    for (int i = 0; i < Math.min(AT_ONCE, requests); i++) {
      threads.add(Thread.ofVirtual().name("caller-" + i).start(this::call));
    }
  }

  boolean isDone() {
    return threads.stream().noneMatch(Thread::isAlive);
  }

  /** Makes no more calls; those under way come to their end. */
  void stop() {
    next.set(requests);
  }

  /** Calls that were not answered with a record, one line each. */
  synchronized List<String> failures() {
    return List.copyOf(failures);
  }

  private void call() {
    for (int i = next.getAndIncrement(); i < requests; i = next.getAndIncrement()) {
      MeteringRoute way = WAYS.get(i % WAYS.size());
      try {
        HttpResponse<String> answer = client.send(request(way, i), BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
          failed("%s answered %d: %s".formatted(way.word(), answer.statusCode(), answer.body()));
        }
      } catch (IOException e) {
        failed("%s: %s".formatted(way.word(), e));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private synchronized void failed(String what) {
    failures.add(what);
  }

  private HttpRequest request(MeteringRoute way, int number) {
    // Each call's content follows from its number, in whichever order they are made.
    SplittableRandom random = new SplittableRandom(seed + number);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(api.resolve("/" + way.word())).timeout(TIMEOUT);
    if (random.nextInt(4) == 0) {
      return request.POST(BodyPublishers.noBody()).build();
    }
    String body =
        """
        {"customerId":"customer-%d","value":%s,"dimensions":{"region":"%s"}}"""
            .formatted(
                1 + random.nextInt(9),
                VALUES.get(random.nextInt(VALUES.size())),
                REGIONS.get(random.nextInt(REGIONS.size())));
    return request.POST(BodyPublishers.ofString(body)).build();
  }

  @Override
  public void close() {
    stop();
    client.shutdownNow();
  }
}
