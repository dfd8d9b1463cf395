package io.meterline.mapping.expression;

import com.google.re2j.Matcher;
import dev.cel.runtime.CelVariableResolver;
import io.meterline.core.json.JsonText;
import io.meterline.core.record.LogEvent;
import io.meterline.mapping.value.Budget;
import io.meterline.mapping.value.EvaluationException;
import io.meterline.mapping.value.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What expressions can look at: one log event, as one rule sees it. */
public final class Scope implements CelVariableResolver {
  static final String LINE = "line";
  static final String ITEM = "item";
  static final String EVENT = "event.";
  static final String CAPTURED = "captured.";

  private final Budget budget = new Budget();
  private LogEvent event = new LogEvent();
  private byte[] message = {};
  private int messageFrom;
  private int messageTo;
  private JsonObject line = new JsonObject();
  private @Nullable Matcher matcher;
  private @Nullable Object item;

  /** Shows another event, whose message is in the bytes. */
  public void event(LogEvent shown, byte[] bytes, int from, int to) {
    event = shown;
    message = bytes;
    messageFrom = from;
    messageTo = to;
    budget.startEvent(to - from);
  }

  /** What rules may still do on the event. */
  public Budget budget() {
    return budget;
  }

  /** The line as JSON. */
  public void line(JsonObject parsed) {
    line = parsed;
  }

  /** What a regular expression matched in the message's bytes. */
  public void matched(Matcher match) {
    matcher = match;
  }

  /** The element of a list for which a record is made. */
  public void item(@Nullable Object element) {
    item = element;
  }

  JsonObject line() {
    return line;
  }

  /** The text of a group; empty where it took no part in the match. */
  String captured(int group) {
    Matcher match = matcher;
    if (match == null || match.start(group) < 0) {
      return "";
    }
    return text(messageFrom + match.start(group), messageFrom + match.end(group));
  }

  byte[] message() {
    return message;
  }

  /** Where a group starts in the message's bytes; -1 where it took no part in the match. */
  int capturedFrom(int group) {
    Matcher match = matcher;
    return match == null || match.start(group) < 0 ? -1 : messageFrom + match.start(group);
  }

  int capturedTo(int group) {
    Matcher match = matcher;
    return match == null ? -1 : messageFrom + match.end(group);
  }

  private String text(int from, int to) {
    budget.take(4L * (to - from));
    for (int i = from; i < to; i++) {
      if (message[i] < 0) {
        byte[] bytes = Arrays.copyOfRange(message, from, to);
        if (!JsonText.isUtf8(bytes)) {
          throw EvaluationException.of("the message is not UTF-8");
        }
        break;
      }
    }
    return new String(message, from, to - from, StandardCharsets.UTF_8);
  }

  Object event(String member) {
    return switch (member) {
      case "message" -> text(messageFrom, messageTo);
      case "id" -> event.id();
      case "timestamp" -> timestamp();
      case "owner" -> event.origin().owner();
      case "logGroup" -> event.origin().logGroup();
      case "logStream" -> event.origin().logStream();
      default -> throw EvaluationException.missing(EVENT + member);
    };
  }

  private Object timestamp() {
    if (!event.isTimed()) {
      throw EvaluationException.missing("event.timestamp");
    }
    return event.timeOfRecord();
  }

  Object item() {
    if (item == null) {
      throw EvaluationException.missing(ITEM);
    }
    return item;
  }

  @Override
  public Optional<Object> find(String name) {
    if (name.equals(LINE)) {
      return Optional.of(line);
    }
    if (name.equals(ITEM)) {
      return Optional.of(item());
    }
    if (name.startsWith(EVENT)) {
      return Optional.of(event(name.substring(EVENT.length())));
    }
    Matcher match = matcher;
    if (name.startsWith(CAPTURED) && match != null) {
      Integer group = match.pattern().namedGroups().get(name.substring(CAPTURED.length()));
      return group == null ? Optional.empty() : Optional.of(captured(group));
    }
    return Optional.empty();
  }
}
