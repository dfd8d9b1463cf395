package io.meterline.mapping;

import io.meterline.core.json.JsonCursor;
import io.meterline.mapping.value.EvaluationException;
import io.meterline.mapping.value.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;

/**
 * A first rule file for JSON lines, from what their fields are called and hold: to be edited by
 * someone who knows them. It takes the lines that have both a customer and a quantity, as far as
 * fields look like that.
 */
public final class Suggestion {
  /** Who is billed, the likeliest first. */
  private static final List<String> CUSTOMERS =
      List.of(
          "customer",
          "tenant",
          "subscriber",
          "account",
          "organization",
          "organisation",
          "org",
          "client",
          "owner",
          "user");

  /** What may follow such a word. */
  private static final Set<String> IDENTIFIERS =
      Set.of("id", "key", "uuid", "code", "no", "number", "name", "ref");

  /** What is billed, the likeliest first. */
  private static final List<String> QUANTITIES =
      List.of(
          "units",
          "quantity",
          "qty",
          "amount",
          "usage",
          "credits",
          "tokens",
          "count",
          "requests",
          "calls",
          "bytes",
          "kb",
          "mb",
          "gb",
          "size",
          "value",
          "duration",
          "seconds",
          "millis",
          "ms",
          "elapsed",
          "latency");

  private static final Set<String> TIMES =
      Set.of("t", "ts", "time", "timestamp", "date", "datetime", "when", "at");

  private static final Set<String> IDS = Set.of("id", "uuid", "guid", "ulid");
  private static final int MOST_FIELDS = 2_000;
  private static final int MOST_DISTINCT = 12;
  private static final int MOST_DIMENSIONS = 5;
  private static final int DEEPEST = 3;

  private final Map<String, SampleField> fields = new LinkedHashMap<>();
  private final Set<String> objects = new HashSet<>();
  private int lines;

  /** Looks at one more line; false where it is not a JSON object. */
  public boolean add(String line) {
    byte[] bytes = line.strip().getBytes(StandardCharsets.UTF_8);
    JsonCursor cursor = JsonCursor.strict();
    cursor.reset(bytes, 0, bytes.length);
    JsonObject object = new JsonObject();
    try {
      if (cursor.peek() != '{' || !object.read(cursor) || cursor.peek() >= 0) {
        return false;
      }
      members(object, "line", List.of());
    } catch (EvaluationException tooLarge) {
      return false;
    }
    lines++;
    return true;
  }

  private void members(Map<?, ?> object, String path, List<String> names) {
    for (Map.Entry<?, ?> member : object.entrySet()) {
      List<String> all = new ArrayList<>(names);
      all.add(String.valueOf(member.getKey()));
      String place = Expressible.member(path, all.getLast());
      if (member.getValue() instanceof Map<?, ?> nested) {
        objects.add(place);
        if (all.size() < DEEPEST) {
          members(nested, place, all);
        }
      } else if (fields.size() < MOST_FIELDS || fields.containsKey(place)) {
        fields.computeIfAbsent(place, at -> new SampleField(at, all)).add(lines, member.getValue());
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
    List<SampleField> usable =
        fields.values().stream()
            .filter(field -> !field.lines().isEmpty() && !isNoFieldSomewhere(field))
            .toList();
    Optional<SampleField> customer = likeliest(usable, Suggestion::customerRank);
    List<SampleField> numbers =
        usable.stream()
            .filter(SampleField::isNumber)
            .filter(field -> !customer.filter(field::equals).isPresent())
            .toList();
    Optional<SampleField> quantity = likeliest(numbers, Suggestion::quantityRank);
    Set<Integer> taken = new TreeSet<>();
    for (int line = 0; line < lines; line++) {
      taken.add(line);
    }
    customer.ifPresent(field -> taken.retainAll(new HashSet<>(field.lines())));
    if (quantity.filter(field -> taken.stream().anyMatch(field.lines()::contains)).isEmpty()) {
      quantity = Optional.empty();
    }
    quantity.ifPresent(field -> taken.retainAll(new HashSet<>(field.lines())));
    List<SampleField> others = new ArrayList<>(usable);
    others.removeIf(field -> !field.isInAll(taken));
    customer.ifPresent(others::remove);
    quantity.ifPresent(others::remove);
    Optional<SampleField> time = first(others, Suggestion::isTime);
    time.ifPresent(others::remove);
    Optional<SampleField> id =
        first(others, field -> taken.size() > 1 && field.isUnique() && isId(field));
    id.ifPresent(others::remove);
    return Optional.of(
        new SuggestedRule(
                lines,
                taken.size(),
                customer,
                quantity,
                time,
                id,
                dimensions(others, taken.size()),
                numbers)
            .text());
  }

  /** Whether it is an object in some lines, or lies in something that is none there. */
  private boolean isNoFieldSomewhere(SampleField field) {
    return objects.contains(field.path())
        || fields.values().stream()
            .anyMatch(
                other ->
                    field.path().startsWith(other.path() + ".")
                        || field.path().startsWith(other.path() + "["));
  }

  private static Optional<SampleField> likeliest(
      Collection<SampleField> of, ToIntFunction<SampleField> rank) {
    return of.stream()
        .filter(field -> rank.applyAsInt(field) >= 0)
        .min(
            Comparator.comparingInt(rank)
                .thenComparing(field -> field.lines().size(), Comparator.reverseOrder()));
  }

  private static Optional<SampleField> first(
      Collection<SampleField> of, Predicate<SampleField> fits) {
    return of.stream().filter(fits).findFirst();
  }

  /** The lower, the likelier; -1 where it is not called like a customer. */
  private static int customerRank(SampleField field) {
    List<String> words = field.words();
    String last = words.isEmpty() ? "" : words.getLast();
    boolean identifies = IDENTIFIERS.contains(last) && words.size() > 1;
    String who = identifies ? words.get(words.size() - 2) : last;
    int rank = CUSTOMERS.indexOf(who);
    // A name may be shared or change, so an identifier comes first.
    return rank < 0 ? -1 : 4 * rank + (last.equals("name") ? 2 : identifies ? 0 : 1);
  }

  private static int quantityRank(SampleField field) {
    List<String> words = field.words();
    return IDENTIFIERS.contains(words.isEmpty() ? "" : words.getLast())
        ? -1
        : words.stream().mapToInt(QUANTITIES::indexOf).filter(rank -> rank >= 0).min().orElse(-1);
  }

  private static boolean isTime(SampleField field) {
    return field.words().stream().anyMatch(TIMES::contains)
        && (field.isMillis() || field.isSeconds() || field.isIso());
  }

  private static boolean isId(SampleField field) {
    return field.isText()
        && !field.isBlankSomewhere()
        && !field.words().isEmpty()
        && IDS.contains(field.words().getLast());
  }

  private static List<SampleField> dimensions(List<SampleField> others, int taken) {
    return others.stream()
        .filter(field -> field.isText() && !field.isIso() && !field.isSomethingElseSomewhere())
        .filter(field -> field.distinct() <= MOST_DISTINCT)
        .filter(field -> taken < 4 || field.distinct() <= (taken + 1) / 2)
        .limit(MOST_DIMENSIONS)
        .toList();
  }
}
