package io.meterline.mapping;

import io.meterline.core.Suggestions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** A mapping of a rule file: its keys are names, without duplicates. */
final class Section {
  private final Node node;
  private final Map<String, Node> members;

  private Section(Node node, Map<String, Node> members) {
    this.node = node;
    this.members = members;
  }

  /**
   * The mapping that the node is, with keys of any name; empty, and a problem, where it is none.
   */
  static Optional<Section> of(Node node, String where, Diagnostics problems) {
    if (!(node instanceof MappingNode mapping)) {
      problems.add(node, where, "a mapping is expected here, not " + kind(node));
      return Optional.empty();
    }
    Map<String, Node> members = new LinkedHashMap<>();
    for (NodeTuple member : mapping.getValue()) {
      Node key = member.getKeyNode();
      if (!(key instanceof ScalarNode name)) {
        problems.add(key, where, "a name is expected as a key, not " + kind(key));
      } else if (members.putIfAbsent(name.getValue(), member.getValueNode()) != null) {
        problems.add(key, where, "'%s' is duplicated".formatted(name.getValue()));
      }
    }
    return Optional.of(new Section(node, members));
  }

  /** As above, with keys of known names alone. */
  static Optional<Section> of(Node node, String where, List<String> known, Diagnostics problems) {
    Optional<Section> section = of(node, where, problems);
    if (node instanceof MappingNode mapping) {
      for (NodeTuple member : mapping.getValue()) {
        if (member.getKeyNode() instanceof ScalarNode name && !known.contains(name.getValue())) {
          problems.add(name, where, unknown(name.getValue(), known));
        }
      }
    }
    return section;
  }

  private static String unknown(String written, List<String> known) {
    return "'%s' is unknown; %s"
        .formatted(
            written,
            Suggestions.nearest(written, known)
                .map("'%s' is meant?"::formatted)
                .orElse("there are " + String.join(", ", known)));
  }

  Node node() {
    return node;
  }

  Map<String, Node> members() {
    return members;
  }

  boolean has(String name) {
    return members.containsKey(name);
  }

  Optional<Node> get(String name) {
    return Optional.ofNullable(members.get(name));
  }

  /** The text of a scalar; empty, and a problem, where it is something else. */
  static Optional<ScalarNode> scalar(
      Node node, String where, String expected, Diagnostics problems) {
    if (!(node instanceof ScalarNode scalar)) {
      problems.add(node, where, "%s is expected here, not %s".formatted(expected, kind(node)));
      return Optional.empty();
    }
    if (scalar.getTag().equals(Tag.NULL) && scalar.getValue().isEmpty()) {
      problems.add(node, where, "%s is expected here, and there is nothing".formatted(expected));
      return Optional.empty();
    }
    return Optional.of(scalar);
  }

  static String kind(Node node) {
    return switch (node) {
      case SequenceNode list -> "a list";
      case MappingNode mapping -> "a mapping";
      case ScalarNode scalar when scalar.getValue().isEmpty() -> "nothing";
      case ScalarNode scalar -> "'" + scalar.getValue() + "'";
      default -> "something else";
    };
  }
}
