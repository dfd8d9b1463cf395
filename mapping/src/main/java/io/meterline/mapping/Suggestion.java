package io.meterline.mapping;

import io.meterline.json.JsonCursor;
import io.meterline.mapping.value.Decimal;
import io.meterline.mapping.value.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * A first rule file for JSON lines, from what their fields are called and hold: to be edited by
 * someone who knows them.
 */
public final class Suggestion {
  private static final Pattern CUSTOMER =
      Pattern.compile("(?i)(customer|tenant|account|organi[sz]ation|org|client|user|owner)_?(id)?");
  private static final Pattern TIME =
      Pattern.compile(
          "(?i)@?(time|timestamp|ts|date|datetime|event_?time|time_?stamp)(_?in)?(_?(ms|millis))?");
  private static final Pattern QUANTITY =
      Pattern.compile(
          "(?i).*(bytes|count|quantity|amount|units|tokens|size|requests|usage|value|duration|latency|seconds|_ms|millis|Ms|gb|mb)");
  private static final Pattern ISO = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d.*");
  private static final int MOST_DISTINCT = 12;
  private static final int MOST_DIMENSIONS = 5;
  private static final int DEEPEST = 3;

  private final Map<String, Field> fields = new LinkedHashMap<>();
  private int lines;

  /** Looks at one more line; false where it is no JSON object. */
  public boolean add(String line) {
    byte[] bytes = line.strip().getBytes(StandardCharsets.UTF_8);
    JsonCursor cursor = JsonCursor.strict();
    cursor.reset(bytes, 0, bytes.length);
    JsonObject object = new JsonObject();
    if (cursor.peek() != '{' || !object.read(cursor) || cursor.peek() >= 0) {
      return false;
    }
    lines++;
    members(object, "line", 1);
    return true;
  }

  private void members(Map<?, ?> object, String path, int depth) {
    for (Map.Entry<?, ?> member : object.entrySet()) {
      String name = String.valueOf(member.getKey());
      String place = Expressible.member(path, name);
      if (member.getValue() instanceof Map<?, ?> nested) {
        if (depth < DEEPEST) {
          members(nested, place, depth + 1);
        }
      } else {
        fields.computeIfAbsent(place, at -> new Field(at, name)).add(member.getValue());
      }
    }
  }

  /** How many lines were looked at. */
  public int lines() {
    return lines;
  }

  /** The rule file; empty where no line was JSON. */
  public Optional<String> text() {
    if (lines == 0) {
      return Optional.empty();
    }
    Optional<Field> customer = first(field -> CUSTOMER.matcher(field.name).matches());
    Optional<Field> time =
        first(field -> TIME.matcher(field.name).matches() && (field.isMillis() || field.isIso()));
    Optional<Field> quantity =
        first(field -> field.isNumber() && QUANTITY.matcher(field.name).matches());
    return Optional.of(new Draft(customer, time, quantity).text());
  }

  private Optional<Field> first(Predicate<Field> fits) {
    return fields.values().stream()
        .filter(field -> field.count == lines)
        .filter(fits)
        .findFirst()
        .or(() -> fields.values().stream().filter(fits).findFirst());
  }

  /** What a field held in the lines. */
  private static final class Field {
    private final String path;
    private final String name;
    private final Set<String> values = new LinkedHashSet<>();
    private int count;
    private int numbers;
    private int texts;

    Field(String path, String name) {
      this.path = path;
      this.name = name;
    }

    void add(Object value) {
      count++;
      if (value instanceof Decimal) {
        numbers++;
      } else if (value instanceof String) {
        texts++;
      }
      if (values.size() <= MOST_DISTINCT) {
        values.add(String.valueOf(value));
      }
    }

    boolean isNumber() {
      return numbers == count;
    }

    boolean isText() {
      return texts == count;
    }

    boolean isMillis() {
      return isNumber() && values.stream().allMatch(value -> value.matches("\\d{13}"));
    }

    boolean isIso() {
      return isText() && values.stream().allMatch(value -> ISO.matcher(value).matches());
    }
  }

  /** The lines of the file. */
  private final class Draft {
    private final Optional<Field> customer;
    private final Optional<Field> time;
    private final Optional<Field> quantity;
    private final List<String> text = new ArrayList<>();

    Draft(Optional<Field> customer, Optional<Field> time, Optional<Field> quantity) {
      this.customer = customer;
      this.time = time;
      this.quantity = quantity;
    }

    String text() {
      text.add("# A proposal from %d JSON lines: check each field, then try it:".formatted(lines));
      text.add("#   meterline try-mapping THIS-FILE SAMPLE");
      text.add("rules:");
      text.add("  - name: usage");
      text.add("    # logGroup: /aws/lambda/my-service   # the groups it is for; all without this");
      customer.ifPresent(
          field -> text.add("    contains: " + Expressible.yaml("\"" + field.name + "\"")));
      text.add("    json: true");
      customer
          .filter(field -> field.count < lines)
          .ifPresent(field -> text.add("    # Not in all lines: those without it are not taken."));
      customer
          .filter(field -> field.count < lines)
          .ifPresent(field -> text.add("    when: has(" + field.path + ")"));
      text.add("    record:");
      text.add("      meterApiName: \"'usage'\"   # the meter's name, in quotes of its own");
      customer();
      quantity();
      time();
      dimensions();
      return String.join("\n", text) + "\n";
    }

    private void customer() {
      if (customer.isEmpty()) {
        text.add("      # No field is called like a customer: say which one it is.");
        text.add("      customerId: \"'unknown'\"");
        return;
      }
      Field field = customer.get();
      member("customerId", field.isText() ? field.path : "string(" + field.path + ")");
    }

    private void quantity() {
      if (quantity.isEmpty()) {
        text.add("      meterValue: 1   # each line counts once");
        return;
      }
      member("meterValue", quantity.get().path);
      String others =
          String.join(
              ", ",
              fields.values().stream()
                  .filter(field -> field.isNumber() && !isUsed(field))
                  .map(field -> field.path)
                  .toList());
      if (!others.isEmpty()) {
        text.add("      # Other numbers: " + others + "; or 1, to count lines.");
      }
    }

    private void time() {
      time.ifPresentOrElse(
          field ->
              member(
                  "meterTimeInMillis",
                  field.isMillis() ? field.path : "millis(" + field.path + ")"),
          () -> text.add("      # The time is that of the log event: no field looks like one."));
    }

    private boolean isUsed(Field field) {
      return List.of(customer, time, quantity).stream()
          .anyMatch(used -> used.isPresent() && used.get().equals(field));
    }

    private void dimensions() {
      List<Field> few =
          fields.values().stream()
              .filter(field -> field.isText() && !isUsed(field) && !field.isIso())
              .filter(field -> field.count == lines && field.values.size() <= MOST_DISTINCT)
              .filter(field -> lines < 4 || field.values.size() <= (lines + 1) / 2)
              .limit(MOST_DIMENSIONS)
              .toList();
      if (few.isEmpty()) {
        return;
      }
      text.add("      dimensions:");
      for (Field field : few) {
        text.add("        " + Expressible.yaml(field.name) + ": " + Expressible.yaml(field.path));
      }
    }

    private void member(String name, String expression) {
      text.add("      " + name + ": " + Expressible.yaml(expression));
    }
  }
}
