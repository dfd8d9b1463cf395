package io.meterline.mapping;

import io.meterline.mapping.value.Decimal;
import java.time.DateTimeException;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** What a field is called, and what it held in the lines of a sample. */
final class SampleField {
  private static final Pattern WORD_ENDS = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])|[^A-Za-z0-9]+");
  private static final int MOST_KEPT = 100;

  private final String path;
  private final List<String> names;
  private final List<Integer> lines = new ArrayList<>();
  private final List<String> values = new ArrayList<>();
  private int numbers;
  private int texts;
  private int nulls;
  private int blanks;

  SampleField(String path, List<String> names) {
    this.path = path;
    this.names = List.copyOf(names);
  }

  void add(int line, Object value) {
    String text = String.valueOf(value);
    if (value instanceof Decimal) {
      numbers++;
    } else if (value instanceof String && !text.isBlank()) {
      texts++;
    } else if (value instanceof String) {
      blanks++;
      return;
    } else {
      nulls++;
      return;
    }
    lines.add(line);
    values.add(text.length() <= MOST_KEPT ? text : text.substring(0, MOST_KEPT) + values.size());
  }

  String path() {
    return path;
  }

  /** Its own name. */
  String name() {
    return names.getLast();
  }

  /** The name of the member of the line that it is, or is in. */
  String root() {
    return names.getFirst();
  }

  /** The words of its name, and of those of the objects that it is in. */
  List<String> words() {
    return names.stream()
        .flatMap(WORD_ENDS::splitAsStream)
        .filter(word -> !word.isEmpty())
        .map(word -> word.toLowerCase(Locale.ROOT))
        .toList();
  }

  /** The lines in which it has a number, or a text that is not blank. */
  List<Integer> lines() {
    return lines;
  }

  boolean isInAll(Set<Integer> of) {
    return new HashSet<>(lines).containsAll(of);
  }

  boolean isText() {
    return texts > 0 && numbers == 0;
  }

  boolean isBlankSomewhere() {
    return blanks > 0;
  }

  /** Whether it holds something that is neither text nor number, such as null. */
  boolean isSomethingElseSomewhere() {
    return nulls > 0;
  }

  /** Whether it always holds a number, in quotes or not. */
  boolean isNumber() {
    return all(value -> Decimal.parse(value).isPresent());
  }

  /** Whether a number is in quotes somewhere. */
  boolean isQuoted() {
    return texts > 0;
  }

  boolean isMillis() {
    return numbers > 0 && texts == 0 && all(value -> value.matches("1\\d{12}"));
  }

  boolean isSeconds() {
    return numbers > 0 && texts == 0 && all(value -> value.matches("1\\d{9}(\\.\\d+)?"));
  }

  boolean isIso() {
    return isText() && all(SampleField::isIso);
  }

  /** Whether a time in it names no zone. */
  boolean isWithoutZone() {
    return !all(value -> value.matches(".*(Z|[+-]\\d\\d(:?\\d\\d)?|\\[.*])$"));
  }

  private static boolean isIso(String value) {
    try {
      DateTimeFormatter.ISO_DATE_TIME.parse(value);
      return true;
    } catch (DateTimeException e) {
      return false;
    }
  }

  /** Whether no two of the lines have the same in it. */
  boolean isUnique() {
    return new HashSet<>(values).size() == values.size();
  }

  int distinct() {
    return new HashSet<>(values).size();
  }

  private boolean all(Predicate<String> test) {
    return !values.isEmpty() && values.stream().allMatch(test);
  }
}
