package io.meterline.mapping;

import io.meterline.mapping.expression.Language;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads rule files: YAML, with all that is wrong in one told at once. */
public final class RuleFile {
  /** The largest file, in characters. */
  public static final int MOST_CHARACTERS = 1024 * 1024;

  /** How many rules a file has at most. */
  public static final int MOST_RULES = 1_000;

  /** What searches for them in one pass takes up to a kilobyte for each. */
  private static final int MOST_WORD_BYTES = 20_000;

  private static final int MOST_NODES = 100_000;
  private static final int MOST_DEPTH = 16;
  private static final String TOO_LARGE =
      "the file has more than %d values, with what its aliases stand for".formatted(MOST_NODES);
  private static final String TOO_DEEP =
      "the file is nested deeper than %d levels; no rule needs more".formatted(MOST_DEPTH);

  private final String name;
  private final Diagnostics problems;
  private int nodes;

  private RuleFile(String name, String text) {
    this.name = name;
    this.problems = new Diagnostics(name, text.length() > MOST_CHARACTERS ? "" : text);
  }

  /**
   * Reads rules.
   *
   * @param name what messages call the file
   * @throws BadRules where something in it is wrong
   */
  public static Rules read(String name, String text) throws BadRules {
    return new RuleFile(name, text).read(text);
  }

  private Rules read(String text) throws BadRules {
    Optional<Node> root = compose(text);
    problems.raise();
    List<Rule> rules = root.isEmpty() ? noRules() : rules(root.get());
    problems.raise();
    return new Rules(name, rules);
  }

  private List<Rule> noRules() {
    problems.add(Optional.empty(), "", "the file is empty; a list 'rules' is expected");
    return List.of();
  }

  private Optional<Node> compose(String text) {
    if (text.length() > MOST_CHARACTERS) {
      problems.add(
          Optional.empty(),
          "",
          "the file has %d characters; the limit is %d".formatted(text.length(), MOST_CHARACTERS));
      return Optional.empty();
    }
    LoadSettings settings =
        LoadSettings.builder().setLabel(name).setMaxAliasesForCollections(50).build();
    try {
      if (!isBounded(new Parse(settings).parseString(text))) {
        return Optional.empty();
      }
      Optional<Node> root = new Compose(settings).composeString(text);
      root.ifPresent(node -> bounded(node, 0));
      return root;
    } catch (MarkedYamlEngineException e) {
      String problem = e.getProblem() == null ? String.valueOf(e.getMessage()) : e.getProblem();
      problems.add(e.getProblemMark(), "", "this is not YAML: " + problem);
    } catch (YamlEngineException e) {
      problems.add(Optional.empty(), "", "this is not YAML: " + e.getMessage());
    }
    return Optional.empty();
  }

  /** Whether the file can be composed: that goes down level by level on the thread's stack. */
  private boolean isBounded(Iterable<Event> events) {
    int depth = 0;
    int values = 0;
    for (Event event : events) {
      depth += event instanceof CollectionStartEvent ? 1 : 0;
      depth -= event instanceof CollectionEndEvent ? 1 : 0;
      values += event instanceof NodeEvent ? 1 : 0;
      if (depth > MOST_DEPTH + 1 || values > MOST_NODES) {
        problems.add(event.getStartMark(), "", depth > MOST_DEPTH + 1 ? TOO_DEEP : TOO_LARGE);
        return false;
      }
    }
    return true;
  }

  /** Aliases may make a small file into a large one, or one without an end. */
  private boolean bounded(Node node, int depth) {
    if (++nodes > MOST_NODES || depth > MOST_DEPTH) {
      if (problems.count() == 0) {
        problems.add(node, "", depth > MOST_DEPTH ? TOO_DEEP : TOO_LARGE);
      }
      return false;
    }
    return switch (node) {
      case SequenceNode list ->
          list.getValue().stream().allMatch(element -> bounded(element, depth + 1));
      case MappingNode mapping -> mapping.getValue().stream().allMatch(m -> bounded(m, depth));
      default -> true;
    };
  }

  private boolean bounded(NodeTuple member, int depth) {
    return bounded(member.getKeyNode(), depth + 1) && bounded(member.getValueNode(), depth + 1);
  }

  private List<Rule> rules(Node root) {
    Optional<Section> file = Section.of(root, "", List.of("rules"), problems);
    Optional<Node> list = file.flatMap(section -> section.get("rules"));
    if (list.isEmpty()) {
      if (file.isPresent()) {
        problems.add(root, "", "a list 'rules' is expected, and is not there");
      }
      return List.of();
    }
    if (!(list.get() instanceof SequenceNode sequence)) {
      problems.add(list.get(), "rules", "a list is expected here, not " + Section.kind(list.get()));
      return List.of();
    }
    if (sequence.getValue().isEmpty() || sequence.getValue().size() > MOST_RULES) {
      problems.add(sequence, "rules", "1 to %d rules are expected".formatted(MOST_RULES));
      return List.of();
    }
    return compiled(filters(sequence.getValue()));
  }

  private List<RuleHead> filters(List<Node> nodesOfRules) {
    List<RuleHead> heads = new ArrayList<>();
    Map<String, Integer> names = new HashMap<>();
    Set<String> words = new HashSet<>();
    int wordBytes = 0;
    for (Node node : nodesOfRules) {
      Optional<RuleHead> head = RuleHead.read(node, heads.size(), problems);
      if (head.isEmpty()) {
        continue;
      }
      heads.add(head.get());
      Integer first = names.putIfAbsent(head.get().name(), head.get().line());
      if (first != null) {
        problems.add(node, head.get().where(), "another rule has this name, in line " + first);
      }
      int before = wordBytes;
      for (String word : head.get().contains()) {
        wordBytes += words.add(word) ? RuleHead.utf8(word).length : 0;
      }
      if (before <= MOST_WORD_BYTES && wordBytes > MOST_WORD_BYTES) {
        problems.add(
            node,
            head.get().where() + ", contains",
            "the words of all rules together pass %d bytes here; give shorter or fewer ones"
                .formatted(MOST_WORD_BYTES));
      }
    }
    return heads;
  }

  private List<Rule> compiled(List<RuleHead> heads) {
    Set<String> groups = new TreeSet<>();
    heads.forEach(head -> groups.addAll(head.groups().keySet()));
    Expressions expressions = new Expressions(new Language(groups), problems);
    List<Rule> rules = new ArrayList<>();
    for (RuleHead head : heads) {
      rules.add(new RuleBody(head, expressions, problems).read());
    }
    return rules;
  }
}
