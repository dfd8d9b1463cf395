package io.meterline.ledger.usage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Definitions of meters in YAML: below {@code meters}, one mapping for each, with {@code
 * aggregation}, {@code over} and {@code unit}.
 */
public final class DefinitionFile {
  private static final Set<String> KEYS = Set.of("aggregation", "over", "unit");

  /** The largest file, in characters. */
  public static final int MOST_CHARACTERS = 1024 * 1024;

  /** Definitions have three levels. What reads YAML calls itself for each. */
  private static final int MOST_LEVELS = 10;

  private static final int MOST_METERS = 1000;
  private static final int MOST_WORD_LENGTH = 1000;
  private static final LoadSettings SETTINGS =
      LoadSettings.builder().setCodePointLimit(MOST_CHARACTERS).build();

  private DefinitionFile() {}

  /**
   * Reads definitions.
   *
   * @throws BadQuery where the text is something else; the message says where
   */
  public static List<MeterDefinition> read(String yaml) throws BadQuery {
    @Nullable Object document;
    try {
      checkLevels(yaml);
      document = new Load(SETTINGS).loadFromString(yaml);
    } catch (YamlEngineException e) {
      throw new BadQuery("not YAML: " + e.getMessage());
    }
    if (!(document instanceof Map<?, ?> top)
        || top.size() != 1
        || !(top.get("meters") instanceof Map<?, ?> meters)) {
      throw new BadQuery("a mapping 'meters' is expected, with one entry for each meter");
    }
    if (meters.size() > MOST_METERS) {
      throw new BadQuery(
          "%d meters, and at most %d can be defined at once: send them in parts"
              .formatted(meters.size(), MOST_METERS));
    }
    List<MeterDefinition> definitions = new ArrayList<>();
    for (Map.Entry<?, ?> entry : meters.entrySet()) {
      definitions.add(definition(text("a meter's name", entry.getKey()), entry.getValue()));
    }
    return definitions;
  }

  private static void checkLevels(String yaml) throws BadQuery {
    int levels = 0;
    for (Event event : new Parse(SETTINGS).parseString(yaml)) {
      if (event instanceof CollectionStartEvent && ++levels > MOST_LEVELS) {
        throw new BadQuery(
            "not definitions of meters: nested deeper than %d levels".formatted(MOST_LEVELS));
      }
      if (event instanceof CollectionEndEvent) {
        levels--;
      }
    }
  }

  private static MeterDefinition definition(String meter, @Nullable Object body) throws BadQuery {
    if (!(body instanceof Map<?, ?> members)) {
      throw new BadQuery("meter '%s': a mapping is expected".formatted(meter));
    }
    for (Object member : members.keySet()) {
      String key = text("a key of meter '%s'".formatted(meter), member);
      if (!KEYS.contains(key)) {
        throw new BadQuery(
            "meter '%s': '%s' is unknown; there are aggregation, over and unit"
                .formatted(meter, key));
      }
    }
    try {
      return new MeterDefinition(
          meter,
          aggregation(meter, word(meter, members, "aggregation")),
          word(meter, members, "over"),
          word(meter, members, "unit"));
    } catch (IllegalArgumentException e) {
      throw new BadQuery(String.valueOf(e.getMessage()));
    }
  }

  private static String word(String meter, Map<?, ?> members, String key) throws BadQuery {
    Object value = members.get(key);
    return value == null ? "" : text("meter '%s': %s".formatted(meter, key), value);
  }

  /** The text of a word or number; lists and mappings have none here. */
  private static String text(String what, @Nullable Object value) throws BadQuery {
    if (value instanceof Collection<?> || value instanceof Map<?, ?>) {
      throw new BadQuery(what + ": a word is expected, not a list or mapping");
    }
    String text = String.valueOf(value);
    if (text.length() > MOST_WORD_LENGTH) {
      throw new BadQuery(
          "%s: %d characters, and at most %d are allowed"
              .formatted(
                  what.substring(0, Math.min(100, what.length())),
                  text.length(),
                  MOST_WORD_LENGTH));
    }
    return text;
  }

  private static Aggregation aggregation(String meter, String word) throws BadQuery {
    if (word.isEmpty()) {
      return Aggregation.SUM;
    }
    String upper = word.toUpperCase(Locale.ROOT);
    for (Aggregation one : Aggregation.values()) {
      if (one.word().equals(upper)) {
        return one;
      }
    }
    throw new BadQuery(
        "meter '%s': aggregation '%s' is not one of %s"
            .formatted(meter, word, Arrays.toString(Aggregation.values())));
  }
}
