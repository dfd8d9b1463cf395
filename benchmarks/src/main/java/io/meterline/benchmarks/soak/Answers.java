package io.meterline.benchmarks.soak;

import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** How requests of one kind were answered. */
final class Answers {
  private final Map<String, Integer> statuses = new TreeMap<>();
  private int[] micros = new int[1024];
  private int count;
  private int unexpected;

  synchronized void add(HttpResponse<String> response, long nanos) {
    boolean isLater = response.headers().firstValue("Retry-After").isPresent();
    int status = response.statusCode();
    statuses.merge(status + (isLater ? " later" : ""), 1, Integer::sum);
    if (status >= 500 && !(status == 503 && isLater)) {
      unexpected++;
    }
    if (count == micros.length) {
      micros = Arrays.copyOf(micros, 2 * count);
    }
    micros[count++] = (int) Math.min(Integer.MAX_VALUE, nanos / 1000);
  }

  synchronized void unanswered(Exception why) {
    statuses.merge(why.getClass().getSimpleName(), 1, Integer::sum);
    unexpected++;
  }

  /** Answers that nobody should get: those beyond 503 with a time to try again, and none at all. */
  synchronized int unexpected() {
    return unexpected;
  }

  synchronized String describe() {
    int[] sorted = Arrays.copyOf(micros, count);
    Arrays.sort(sorted);
    return "%s, p50 %.1f ms, p99 %.1f ms, longest %.1f ms"
        .formatted(statuses, at(sorted, 0.5), at(sorted, 0.99), at(sorted, 1));
  }

  private static double at(int[] sorted, double part) {
    return sorted.length == 0 ? 0 : sorted[(int) (part * (sorted.length - 1))] / 1000.0;
  }
}
