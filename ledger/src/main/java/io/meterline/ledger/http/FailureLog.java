package io.meterline.ledger.http;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Logs why requests failed, each kind of failure once in a while. Never a record's text, which
 * messages of the database may repeat.
 */
final class FailureLog {
  private static final Duration SILENCE = Duration.ofMinutes(10);
  private static final int MOST_KINDS = 100;
  private static final int MOST_FRAMES = 12;
  private static final int MOST_WORDS = 300;

  /** Messages of these kinds name files and the system's reasons, and no data. */
  private static final Pattern ABOUT_FILES =
      Pattern.compile("(?s).*(?:IO|FATAL|Out of Memory|TransactionContext) Error.*");

  private final InstantSource clock;
  private final Consumer<String> lines;
  private final Map<String, Seen> kinds = new LinkedHashMap<>();

  private record Seen(Instant logged, long more) {}

  FailureLog(InstantSource clock, Consumer<String> lines) {
    this.clock = clock;
    this.lines = lines;
  }

  /** Notes a failure, and logs it unless its kind was logged a short time ago. */
  synchronized void failed(String request, Throwable failure) {
    String kind = kind(failure);
    Instant now = clock.instant();
    Seen seen = kinds.get(kind);
    if (seen != null && seen.logged().plus(SILENCE).isAfter(now)) {
      kinds.put(kind, new Seen(seen.logged(), seen.more() + 1));
      return;
    }
    if (kinds.size() >= MOST_KINDS) {
      kinds.clear();
    }
    kinds.put(kind, new Seen(now, 0));
    String before = seen == null || seen.more() == 0 ? "" : " (" + seen.more() + " more since)";
    lines.accept("%s failed%s: %s".formatted(request, before, describe(failure)));
  }

  private static String kind(Throwable failure) {
    StringBuilder kind = new StringBuilder();
    for (Throwable one = failure; one != null; one = one.getCause()) {
      StackTraceElement[] frames = one.getStackTrace();
      kind.append(one.getClass().getName());
      if (frames.length > 0) {
        kind.append(frames[0].getClassName()).append(frames[0].getMethodName());
      }
      kind.append(one instanceof SQLException ? firstWords(one).replaceAll("\\d+", "#") : "");
    }
    return kind.toString();
  }

  private static String describe(Throwable failure) {
    StringBuilder text = new StringBuilder();
    @Nullable Throwable root = failure;
    for (Throwable one = failure; one != null; one = one.getCause()) {
      text.append(text.isEmpty() ? "" : "; caused by ").append(one.getClass().getSimpleName());
      if (isShown(one)) {
        text.append(": ").append(firstWords(one));
      }
      root = one;
    }
    if (root instanceof SQLException && isAboutFiles(root)) {
      // A full disk needs a person, and no one who reads the code.
      return text.toString();
    }
    StackTraceElement[] frames = root.getStackTrace();
    for (int i = 0; i < Math.min(frames.length, MOST_FRAMES); i++) {
      text.append("\n\tat ").append(frames[i]);
    }
    return text.toString();
  }

  /** Other messages may repeat what a request or a record holds. */
  private static boolean isShown(Throwable failure) {
    return failure instanceof SQLException
        || failure instanceof Error
        || (failure instanceof IOException && !(failure.getCause() instanceof SQLException));
  }

  private static boolean isAboutFiles(Throwable failure) {
    return ABOUT_FILES.matcher(String.valueOf(failure.getMessage())).matches();
  }

  private static String firstWords(Throwable failure) {
    String message = String.valueOf(failure.getMessage());
    if (failure instanceof SQLException && !isAboutFiles(failure)) {
      int colon = message.indexOf(':');
      return colon < 0 ? "a failure of the database" : message.substring(0, colon);
    }
    String line = message.lines().findFirst().orElse("");
    return line.length() <= MOST_WORDS ? line : line.substring(0, MOST_WORDS);
  }
}
