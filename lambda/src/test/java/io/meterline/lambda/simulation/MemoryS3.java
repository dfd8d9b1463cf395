package io.meterline.lambda.simulation;

import io.meterline.core.retry.TimeLeft;
import io.meterline.local.Sandbox;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * S3 in memory, behind the real client of the SDK: puts with their condition, and the ways in which
 * they fail.
 */
public final class MemoryS3 {
  /** What becomes of a put. */
  public enum Fate {
    DONE,
    /** It takes place, and the answer is lost. */
    DONE_UNHEARD,
    /** The connection breaks before anything takes place. */
    CUT,
    /** Nothing happens until the caller's patience ends. */
    HANGS,
    CONFLICT,
    SLOW_DOWN,
    INTERNAL_ERROR,
    FORBIDDEN
  }

  /** Decides what becomes of a put to a bucket. */
  @FunctionalInterface
  public interface Fates {
    Fate next(String bucket);
  }

  private static final Duration PUT_TIME = Duration.ofMillis(30);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Map<String, byte[]> objects = new TreeMap<>();
  private final Map<Fate, Integer> counts = new EnumMap<>(Fate.class);
  private final Set<String> touched = new LinkedHashSet<>();
  private final Fates fates;
  private int overwrites;

  public MemoryS3(Fates fates) {
    this.fates = fates;
  }

  /** The objects by {@code bucket/key}. */
  public Map<String, byte[]> objects() {
    return Collections.unmodifiableMap(objects);
  }

  /** How many puts replaced an object, since they were not conditional. */
  int overwrites() {
    return overwrites;
  }

  /** How often each fate was met. */
  public Map<Fate, Integer> counts() {
    return Collections.unmodifiableMap(counts);
  }

  /** The objects that were put or found since the last call of this. */
  Set<String> takeTouched() {
    Set<String> taken = Set.copyOf(touched);
    touched.clear();
    return taken;
  }

  /** What a process that runs in {@code sandbox} reaches it by. */
  public SdkHttpClient client(Sandbox sandbox) {
    return new Client(sandbox);
  }

  private HttpExecuteResponse answer(HttpExecuteRequest execution, Sandbox sandbox)
      throws IOException {
    SdkHttpRequest request = execution.httpRequest();
    String path = request.encodedPath().substring(1);
    byte[] body = body(execution);
    Fate fate = fates.next(path.substring(0, path.indexOf('/')));
    counts.merge(fate, 1, Integer::sum);
    sandbox.elapse(fate == Fate.HANGS ? TimeLeft.atMost(PATIENCE) : PUT_TIME, "before a put");
    return switch (fate) {
      case DONE -> put(request, path, body);
      case DONE_UNHEARD -> {
        put(request, path, body);
        throw new SocketException("Connection reset");
      }
      case CUT -> throw new SocketException("Connection refused");
      case HANGS -> throw new SocketTimeoutException("Read timed out");
      case CONFLICT -> answer(409, "ConditionalRequestConflict");
      case SLOW_DOWN -> answer(503, "SlowDown");
      case INTERNAL_ERROR -> answer(500, "InternalError");
      case FORBIDDEN -> answer(403, "AccessDenied");
    };
  }

  private HttpExecuteResponse put(SdkHttpRequest request, String path, byte[] body) {
    touched.add(path);
    if (objects.containsKey(path)) {
      if (request.firstMatchingHeader("If-None-Match").isPresent()) {
        return answer(412, "PreconditionFailed");
      }
      overwrites++;
    }
    objects.put(path, body);
    return answer(200, "");
  }

  /** The body without the chunks that the SDK may wrap it in. */
  private static byte[] body(HttpExecuteRequest execution) throws IOException {
    try (InputStream in = execution.contentStreamProvider().orElseThrow().newStream()) {
      byte[] bytes = in.readAllBytes();
      boolean chunked =
          execution
              .httpRequest()
              .firstMatchingHeader("Content-Encoding")
              .filter(encoding -> encoding.contains("aws-chunked"))
              .isPresent();
      return chunked ? AwsChunks.join(bytes) : bytes;
    }
  }

  private static HttpExecuteResponse answer(int status, String code) {
    byte[] xml =
        status < 300
            ? new byte[0]
            : "<Error><Code>%s</Code><Message>as the test has it</Message></Error>"
                .formatted(code)
                .getBytes(StandardCharsets.UTF_8);
    return HttpExecuteResponse.builder()
        .response(
            SdkHttpResponse.builder()
                .statusCode(status)
                .putHeader("Content-Length", Integer.toString(xml.length))
                .putHeader("ETag", "\"etag\"")
                .build())
        .responseBody(AbortableInputStream.create(new ByteArrayInputStream(xml)))
        .build();
  }

  private final class Client implements SdkHttpClient {
    private final Sandbox sandbox;

    Client(Sandbox sandbox) {
      this.sandbox = sandbox;
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
      return new ExecutableHttpRequest() {
        @Override
        public HttpExecuteResponse call() throws IOException {
          HttpExecuteResponse answer = answer(request, sandbox);
          sandbox.step("after a put");
          return answer;
        }

        @Override
        public void abort() {
          // Nothing goes on in the background.
        }
      };
    }

    @Override
    public String clientName() {
      return "MemoryS3";
    }

    @Override
    public void close() {
      // Nothing is open.
    }
  }
}
