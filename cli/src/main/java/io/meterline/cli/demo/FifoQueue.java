package io.meterline.cli.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A FIFO queue that is relayed to the ingest. A deduplication id that comes again within five
 * minutes adds no message; up to ten messages are taken at a time, as SQS hands them out, and leave
 * the queue when the ingest has them.
 */
final class FifoQueue implements AutoCloseable {
  private static final Duration DEDUPLICATED = Duration.ofMinutes(5);
  private static final Duration BACKOFF = Duration.ofMillis(200);
  private static final int BATCH = 10;

  private final Ingest ingest;
  private final Refused refused;
  private final InstantSource clock;
  private final Deque<String> bodies = new ArrayDeque<>();
  private final Map<String, Sent> recent = new LinkedHashMap<>();
  private final Thread relay = Thread.ofVirtual().name("sqs-relay").unstarted(this::relay);
  private long sequence;
  private boolean closed;

  /** Takes what the ingest refuses, and why. */
  @FunctionalInterface
  interface Refused {
    void take(String body, String why);
  }

  private FifoQueue(Ingest ingest, Refused refused, InstantSource clock) {
    this.ingest = ingest;
    this.refused = refused;
    this.clock = clock;
  }

  static FifoQueue start(Ingest ingest, Refused refused, InstantSource clock) {
    FifoQueue queue = new FifoQueue(ingest, refused, clock);
    queue.relay.start();
    return queue;
  }

  /** Adds a message, or tells of the one that its deduplication id stands for. */
  synchronized Sent send(String deduplicationId, String body) {
    Instant now = clock.instant();
    Iterator<Sent> oldest = recent.values().iterator();
    while (oldest.hasNext() && oldest.next().at().plus(DEDUPLICATED).isBefore(now)) {
      oldest.remove();
    }
    Sent before = recent.get(deduplicationId);
    if (before != null) {
      return before;
    }
    Sent sent = new Sent(UUID.randomUUID().toString(), ++sequence, now);
    recent.put(deduplicationId, sent);
    bodies.add(body);
    notifyAll();
    return sent;
  }

  private void relay() {
    try (ExecutorService couriers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (List<String> batch = head(); !batch.isEmpty(); batch = head()) {
        couriers.invokeAll(batch.stream().map(this::delivery).toList());
        remove(batch.size());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The messages that are next; none when the queue is closed. */
  private synchronized List<String> head() throws InterruptedException {
    while (bodies.isEmpty() && !closed) {
      wait();
    }
    return closed ? List.of() : bodies.stream().limit(BATCH).toList();
  }

  private synchronized void remove(int count) {
    for (int i = 0; i < count; i++) {
      bodies.remove();
    }
  }

  private Callable<Boolean> delivery(String body) {
    return () -> {
      while (true) {
        try {
          ingest.take(body.getBytes(UTF_8)).ifPresent(why -> refused.take(body, why));
          return true;
        } catch (IOException e) {
          // The message stays in the queue, and comes again.
          Thread.sleep(BACKOFF);
        }
      }
    };
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    relay.interrupt();
    try {
      relay.join(Duration.ofSeconds(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What SQS tells of a message that it has. */
  record Sent(String messageId, long sequence, Instant at) {}
}
