package io.meterline.mapping;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The text of a proposed rule.
 *
 * @param lines of the sample
 * @param taken how many of them the rule takes
 * @param id what may identify a record
 * @param numbers what else may be the quantity
 */
record SuggestedRule(
    int lines,
    int taken,
    Optional<SampleField> customer,
    Optional<SampleField> quantity,
    Optional<SampleField> time,
    Optional<SampleField> id,
    List<SampleField> dimensions,
    List<SampleField> numbers) {
  SuggestedRule {
    dimensions = List.copyOf(dimensions);
    numbers = List.copyOf(numbers);
  }

  String text() {
    List<String> text = new ArrayList<>();
    text.add("# A proposal from %d JSON lines: check each field, then try it:".formatted(lines));
    text.add("#   meterline try-mapping THIS-FILE SAMPLE");
    text.add("rules:");
    text.add("  - name: usage");
    text.add("    # logGroup: /aws/lambda/my-service   # only these groups; all without this line");
    contains(text);
    text.add("    json: true");
    when(text);
    text.add("    record:");
    text.add("      meterApiName: \"'usage'\"   # the meter's name, in quotes of its own");
    customerId(text);
    meterValue(text);
    meterTime(text);
    uniqueId(text);
    dimensions(text);
    return String.join("\n", text) + "\n";
  }

  private List<SampleField> needed() {
    return Stream.of(customer, quantity).flatMap(Optional::stream).toList();
  }

  /** Keeps out of quarantine what only starts like JSON, and costs less than reading JSON. */
  private void contains(List<String> text) {
    List<String> words =
        needed().stream()
            .map(SampleField::root)
            .filter(name -> name.chars().allMatch(c -> c > ' ' && c < 127 && c != '"' && c != '\\'))
            .distinct()
            .map(name -> Expressible.yaml("\"" + name + "\""))
            .toList();
    if (!words.isEmpty()) {
      text.add("    contains: [" + String.join(", ", words) + "]");
    }
  }

  private void when(List<String> text) {
    List<String> conditions = new ArrayList<>();
    for (SampleField field : needed()) {
      conditions.add("has(" + field.path() + ")");
      if (field.isSomethingElseSomewhere()) {
        conditions.add(field.path() + " != null");
      }
    }
    customer
        .filter(field -> field.isText() && field.isBlankSomewhere())
        .ifPresent(field -> conditions.add(field.path() + ".trim() != ''"));
    if (!conditions.isEmpty()) {
      if (taken < lines) {
        text.add(
            "    # %d of the %d lines have these fields; the others are not billed."
                .formatted(taken, lines));
      }
      text.add("    when: " + Expressible.yaml(String.join(" && ", conditions)));
    }
  }

  private void customerId(List<String> text) {
    if (customer.isEmpty()) {
      text.add("      # UNSURE: no field is called like a customer. Say which one it is.");
      text.add("      customerId: \"'unknown'\"");
      return;
    }
    SampleField field = customer.get();
    member(text, "customerId", field.isText() ? field.path() : "string(" + field.path() + ")");
  }

  private void meterValue(List<String> text) {
    List<String> others =
        numbers.stream()
            .filter(field -> !quantity.filter(field::equals).isPresent())
            .filter(field -> !time.filter(field::equals).isPresent())
            .map(SuggestedRule::number)
            .limit(10)
            .toList();
    if (quantity.isEmpty()) {
      text.add("      # UNSURE: no number is called like a quantity, so each line counts once.");
      text.add("      meterValue: 1");
    } else {
      member(text, "meterValue", number(quantity.get()));
    }
    if (!others.isEmpty()) {
      text.add("      # Other numbers: " + String.join(", ", others) + "; or 1, to count lines.");
    }
  }

  private static String number(SampleField field) {
    return field.isQuoted() ? "decimal(" + field.path() + ")" : field.path();
  }

  private void meterTime(List<String> text) {
    if (time.isEmpty()) {
      text.add(
          "      # The time is that of the log event: no field of all these lines looks like one.");
      return;
    }
    SampleField field = time.get();
    if (field.isIso() && field.isWithoutZone()) {
      text.add("      # UNSURE: a time without a zone is read as UTC (docs/mapping.md, millis).");
    }
    member(
        text,
        "meterTimeInMillis",
        field.isMillis()
            ? field.path()
            : field.isSeconds()
                ? "floor(" + field.path() + " * 1000)"
                : "millis(" + field.path() + ")");
  }

  private void uniqueId(List<String> text) {
    id.ifPresent(
        field -> {
          text.add(
              "      # UNSURE: different in each of these %d lines. If no two usages share it, use it:"
                  .formatted(taken));
          text.add("      # a line that the application logs twice then counts once.");
          text.add("      # uniqueId: " + Expressible.yaml(field.path()));
        });
  }

  private void dimensions(List<String> text) {
    if (dimensions.isEmpty()) {
      return;
    }
    text.add("      dimensions:");
    List<String> used = new ArrayList<>();
    for (SampleField field : dimensions) {
      String name = used.contains(field.name()) ? String.join("_", field.words()) : field.name();
      if (!used.contains(name)) {
        used.add(name);
        text.add("        " + Expressible.yaml(name) + ": " + Expressible.yaml(field.path()));
      }
    }
  }

  private static void member(List<String> text, String name, String expression) {
    text.add("      " + name + ": " + Expressible.yaml(expression));
  }
}
