package io.meterline.mapping;

import io.meterline.core.rule.RulePlace;
import io.meterline.mapping.Expressions.NamedExpression;
import io.meterline.mapping.RecordTemplate.Member;
import io.meterline.mapping.expression.Environment;
import io.meterline.mapping.expression.ExpectedType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads a rule's condition and the records that it makes. */
final class RuleBody {
  private static final List<String> KEYS =
      List.of(
          "meterApiName",
          "customerId",
          "meterValue",
          "values",
          "meterTimeInMillis",
          "uniqueId",
          "dimensions",
          "when",
          "forEach");
  private static final int MOST_RECORDS = 100;

  private final RuleHead head;
  private final Expressions expressions;
  private final Diagnostics problems;

  RuleBody(RuleHead head, Expressions expressions, Diagnostics problems) {
    this.head = head;
    this.expressions = expressions;
    this.problems = problems;
  }

  Rule read() {
    Section section = head.section();
    Optional<NamedExpression> when =
        section
            .get("when")
            .flatMap(
                node ->
                    compile(node, "when", head.where(), ExpectedType.CONDITION, head.setting()));
    if (section.has("record") == section.has("records")) {
      problems.add(
          section.node(), head.where(), "either 'record' or 'records' says what the rule makes");
    }
    List<RecordTemplate> records = new ArrayList<>();
    section.get("record").flatMap(node -> record(node, 0, head.where())).ifPresent(records::add);
    section.get("records").ifPresent(node -> several(node, records));
    return new Rule(head, when.orElse(null), records);
  }

  private void several(Node node, List<RecordTemplate> records) {
    if (!(node instanceof SequenceNode list)) {
      problems.add(
          node, head.where() + ", records", "a list is expected here, not " + Section.kind(node));
      return;
    }
    if (list.getValue().isEmpty() || list.getValue().size() > MOST_RECORDS) {
      problems.add(
          node, head.where() + ", records", "1 to %d records are expected".formatted(MOST_RECORDS));
      return;
    }
    int index = 0;
    for (Node each : list.getValue()) {
      String where = head.where() + ", record " + (index + 1);
      record(each, index++, where).ifPresent(records::add);
    }
  }

  private Optional<RecordTemplate> record(Node node, int index, String where) {
    Optional<Section> section = Section.of(node, where, KEYS, problems);
    if (section.isEmpty()) {
      return Optional.empty();
    }
    Section record = section.get();
    Environment setting = head.setting().withItem(record.has("forEach"));
    Optional<NamedExpression> forEach =
        record
            .get("forEach")
            .flatMap(each -> compile(each, "forEach", where, ExpectedType.LIST, head.setting()));
    Optional<NamedExpression> when =
        record
            .get("when")
            .flatMap(each -> compile(each, "when", where, ExpectedType.CONDITION, setting));
    requireMembers(record, where);
    List<Member> members = new ArrayList<>();
    simple(record, "meterApiName", ExpectedType.TEXT, where, setting, members);
    simple(record, "customerId", ExpectedType.TEXT, where, setting, members);
    simple(record, "meterValue", ExpectedType.NUMBER, where, setting, members);
    object(record, "values", ExpectedType.NUMBER, where, setting, members);
    simple(record, "meterTimeInMillis", ExpectedType.TIME, where, setting, members);
    simple(record, "uniqueId", ExpectedType.TEXT, where, setting, members);
    object(record, "dimensions", ExpectedType.DIMENSION, where, setting, members);
    String before = head.section().has("records") ? "record " + (index + 1) + ", " : "";
    RulePlace place = RulePlace.of(head.name(), head.index(), index);
    return Optional.of(
        new RecordTemplate(place, before, forEach.orElse(null), when.orElse(null), members));
  }

  private void requireMembers(Section record, String where) {
    if (!record.has("customerId")) {
      problems.add(record.node(), where, "'customerId' is missing");
    }
    if (!record.has("meterApiName") && !record.has("values")) {
      problems.add(record.node(), where, "'meterApiName' is missing, and so is 'values'");
    }
    if (record.has("meterApiName") && !record.has("meterValue")) {
      problems.add(record.node(), where, "'meterValue' is missing");
    }
  }

  private void simple(
      Section record,
      String key,
      ExpectedType need,
      String where,
      Environment setting,
      List<Member> members) {
    record
        .get(key)
        .flatMap(node -> compile(node, key, where, need, setting))
        .ifPresent(expression -> members.add(new Member.Single(key, expression)));
  }

  /** A mapping with an expression for each member, or one expression for all of it. */
  private void object(
      Section record,
      String key,
      ExpectedType need,
      String where,
      Environment setting,
      List<Member> members) {
    Optional<Node> node = record.get(key);
    if (node.isEmpty()) {
      return;
    }
    if (!(node.get() instanceof MappingNode)) {
      compile(node.get(), key, where, ExpectedType.OBJECT, setting)
          .ifPresent(expression -> members.add(new Member.Whole(key, expression, need)));
      return;
    }
    List<Member.Single> singles = new ArrayList<>();
    Section.of(node.get(), where + ", " + key, problems)
        .ifPresent(
            section ->
                section
                    .members()
                    .forEach(
                        (name, value) ->
                            compile(value, key + "." + name, where, need, setting)
                                .ifPresent(
                                    expression ->
                                        singles.add(new Member.Single(name, expression)))));
    members.add(new Member.Several(key, singles));
  }

  private Optional<NamedExpression> compile(
      Node node, String field, String where, ExpectedType need, Environment setting) {
    return expressions.compile(node, field, where, need, setting);
  }
}
