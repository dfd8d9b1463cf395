package io.meterline.mapping;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.meterline.mapping.expression.Environment;
import io.meterline.mapping.expression.Regex;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Which events a rule takes, but for its condition.
 *
 * @param logGroups any of which the event's log group must fit; none for all
 * @param contains all of which the message must hold
 */
record RuleHead(
    Section section,
    int index,
    String name,
    List<GroupPattern> logGroups,
    List<String> contains,
    boolean json,
    @Nullable Pattern regex) {
  private static final List<String> KEYS =
      List.of("name", "logGroup", "contains", "json", "regex", "when", "record", "records");

  static Optional<RuleHead> read(Node node, int index, Diagnostics problems) {
    String number = "rule " + (index + 1);
    Optional<Section> section = Section.of(node, number, KEYS, problems);
    if (section.isEmpty()) {
      return Optional.empty();
    }
    Section rule = section.get();
    Optional<String> name =
        rule.get("name")
            .flatMap(value -> Section.scalar(value, number + ", name", "a name", problems))
            .map(ScalarNode::getValue);
    if (name.isEmpty() && !rule.has("name")) {
      problems.add(node, number, "'name' is missing: messages and quarantine call the rule by it");
    }
    String where = name.map("rule '%s'"::formatted).orElse(number);
    return Optional.of(
        new RuleHead(
            rule,
            index,
            name.orElse(number),
            texts(rule, "logGroup", where, problems).stream().map(GroupPattern::new).toList(),
            texts(rule, "contains", where, problems),
            json(rule, where, problems),
            regex(rule, where, problems)));
  }

  private static List<String> texts(Section rule, String key, String where, Diagnostics problems) {
    Optional<Node> node = rule.get(key);
    if (node.isEmpty()) {
      return List.of();
    }
    List<Node> nodes =
        node.get() instanceof SequenceNode list ? list.getValue() : List.of(node.get());
    List<String> texts = new ArrayList<>();
    for (Node each : nodes) {
      Section.scalar(each, where + ", " + key, "a text", problems)
          .map(ScalarNode::getValue)
          .ifPresent(texts::add);
    }
    if (nodes.isEmpty() || texts.contains("")) {
      problems.add(node.get(), where + ", " + key, "a text is expected here, and there is nothing");
    }
    return texts;
  }

  private static boolean json(Section rule, String where, Diagnostics problems) {
    Optional<Node> node = rule.get("json");
    if (node.isEmpty()) {
      return false;
    }
    String text = node.get() instanceof ScalarNode scalar ? scalar.getValue() : "";
    if (!text.equals("true") && !text.equals("false")) {
      problems.add(
          node.get(),
          where + ", json",
          "true or false is expected here, not " + Section.kind(node.get()));
    }
    return text.equals("true");
  }

  private static @Nullable Pattern regex(Section rule, String where, Diagnostics problems) {
    Optional<ScalarNode> node =
        rule.get("regex")
            .flatMap(
                value ->
                    Section.scalar(value, where + ", regex", "a regular expression", problems));
    if (node.isEmpty()) {
      return null;
    }
    try {
      return Regex.compile(node.get().getValue());
    } catch (PatternSyntaxException e) {
      problems.add(node.get(), where + ", regex", RegexMistake.words(e));
    } catch (IllegalArgumentException e) {
      problems.add(node.get(), where + ", regex", String.valueOf(e.getMessage()));
    }
    return null;
  }

  /** What messages call the rule. */
  String where() {
    return section.has("name") ? "rule '%s'".formatted(name) : name;
  }

  int line() {
    return section.node().getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
  }

  /** The named groups of its regular expression, and their numbers. */
  Map<String, Integer> groups() {
    return regex == null ? Map.of() : regex.namedGroups();
  }

  Environment setting() {
    return new Environment(json, groups(), false);
  }

  /** Whether it takes events of the log group. */
  boolean isOfGroup(String logGroup) {
    return logGroups.isEmpty() || logGroups.stream().anyMatch(pattern -> pattern.matches(logGroup));
  }

  /** A word in the bytes in which messages hold it. */
  static byte[] utf8(String word) {
    return word.getBytes(StandardCharsets.UTF_8);
  }
}
