package io.meterline.ledger.usage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Definitions of meters in YAML: below {@code meters}, one mapping for each, with {@code
 * aggregation}, {@code over} and {@code unit}.
 */
public final class DefinitionFile {
  private static final Set<String> KEYS = Set.of("aggregation", "over", "unit");

  private DefinitionFile() {}

  /**
   * Reads definitions.
   *
   * @throws BadQuery where the text is something else; the message says where
   */
  public static List<MeterDefinition> read(String yaml) throws BadQuery {
    @Nullable Object document;
    try {
      document = new Load(LoadSettings.builder().build()).loadFromString(yaml);
    } catch (YamlEngineException e) {
      throw new BadQuery("not YAML: " + e.getMessage());
    }
    if (!(document instanceof Map<?, ?> top)
        || top.size() != 1
        || !(top.get("meters") instanceof Map<?, ?> meters)) {
      throw new BadQuery("a mapping 'meters' is expected, with one entry for each meter");
    }
    List<MeterDefinition> definitions = new ArrayList<>();
    for (Map.Entry<?, ?> entry : meters.entrySet()) {
      definitions.add(definition(String.valueOf(entry.getKey()), entry.getValue()));
    }
    return definitions;
  }

  private static MeterDefinition definition(String meter, @Nullable Object body) throws BadQuery {
    if (!(body instanceof Map<?, ?> members)) {
      throw new BadQuery("meter '%s': a mapping is expected".formatted(meter));
    }
    for (Object key : members.keySet()) {
      if (!KEYS.contains(String.valueOf(key))) {
        throw new BadQuery(
            "meter '%s': '%s' is unknown; there are aggregation, over and unit"
                .formatted(meter, key));
      }
    }
    try {
      return new MeterDefinition(
          meter,
          aggregation(meter, word(members, "aggregation")),
          word(members, "over"),
          word(members, "unit"));
    } catch (IllegalArgumentException e) {
      throw new BadQuery(String.valueOf(e.getMessage()));
    }
  }

  private static String word(Map<?, ?> members, String key) {
    Object value = members.get(key);
    return value == null ? "" : String.valueOf(value);
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
        "meter '%s': aggregation '%s' is none of %s"
            .formatted(meter, word, Arrays.toString(Aggregation.values())));
  }
}
