package io.meterline.mapping.expression;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelSourceLocation;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.navigation.CelNavigableAst;
import io.meterline.core.Suggestions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What CEL finds wrong with an expression, in words for who wrote it. */
final class CompileErrors {
  private static final Pattern UNKNOWN = Pattern.compile("undeclared reference to '([^']*)'.*");
  private static final Pattern PATH =
      Pattern.compile("[A-Za-z_][A-Za-z_0-9]*(?:\\.[A-Za-z_][A-Za-z_0-9]*)?");
  private static final Pattern WORD = Pattern.compile("[A-Za-z][A-Za-z0-9_/ -]*");
  private static final List<String> FUNCTIONS =
      List.of(
          "bool",
          "bytes",
          "ceil",
          "contains",
          "decimal",
          "double",
          "duration",
          "dyn",
          "endsWith",
          "floor",
          "has",
          "indexOf",
          "int",
          "json",
          "lowerAscii",
          "matches",
          "millis",
          "round",
          "size",
          "split",
          "startsWith",
          "string",
          "substring",
          "sum",
          "timestamp",
          "trim",
          "type",
          "uint",
          "upperAscii");

  private CompileErrors() {}

  static List<ExpressionError> of(
      Collection<CelIssue> issues, String source, ExpectedType need, Environment setting) {
    if (isBareWord(source.strip(), need, setting)) {
      String word = source.strip();
      return List.of(
          new ExpressionError(
              1,
              0,
              "'%s' is not an expression; for the word itself, put quotes around it: \"'%s'\""
                  .formatted(word, word)));
    }
    List<ExpressionError> mistakes = new ArrayList<>();
    for (CelIssue issue : issues) {
      CelSourceLocation at = issue.getSourceLocation();
      int line = Math.max(1, at.getLine());
      int column = Math.max(0, at.getColumn());
      String message = message(issue.getMessage(), source, line, column, setting);
      mistakes.add(new ExpressionError(line, column, message));
    }
    return mistakes;
  }

  /** Who writes a bare word where a string is needed means the word itself. */
  private static boolean isBareWord(String text, ExpectedType need, Environment setting) {
    return (need == ExpectedType.TEXT || need == ExpectedType.DIMENSION)
        && WORD.matcher(text).matches()
        && nearest(text, setting).isEmpty();
  }

  private static String message(
      String celMessage, String source, int line, int column, Environment setting) {
    Matcher unknown = UNKNOWN.matcher(celMessage);
    if (!unknown.matches()) {
      return celMessage.replaceFirst(
          "(mismatched input|extraneous input) '<EOF>'.*", "it ends too early");
    }
    String name = path(source, line, column, unknown.group(1));
    if (name.startsWith(Scope.CAPTURED) && setting.groups().isEmpty()) {
      return "'%s': the rule has no regex with named groups".formatted(name);
    }
    if (FUNCTIONS.contains(unknown.group(1))) {
      return "'%s' is a function: it needs brackets".formatted(unknown.group(1));
    }
    return "there is no '%s'%s"
        .formatted(
            name,
            nearest(name, setting)
                .map("; '%s' is meant?"::formatted)
                .orElseGet(() -> ": there are " + String.join(", ", variables(setting).toList())));
  }

  /** The variable that is probably meant; of 'lin.tenant' it is 'line.tenant'. */
  private static Optional<String> nearest(String name, Environment setting) {
    Optional<String> whole = Suggestions.nearest(name, variables(setting).toList());
    if (whole.isPresent()) {
      return whole;
    }
    String first = name.replaceFirst("\\..*", "");
    String rest = name.substring(first.length());
    List<String> firsts =
        variables(setting).map(known -> known.replaceFirst("\\..*", "")).distinct().toList();
    return Suggestions.nearest(first, firsts)
        .map(known -> known.equals(Scope.LINE) ? known + rest : known)
        .or(
            () ->
                Suggestions.nearest(name, FUNCTIONS)
                    .filter(function -> function.length() > 3)
                    .map(function -> function + "()"));
  }

  /** The name at which the issue is, with what follows its point. */
  private static String path(String source, int line, int column, String otherwise) {
    String[] lines = source.split("\n", -1);
    if (line > lines.length || column > lines[line - 1].length()) {
      return otherwise;
    }
    Matcher path = PATH.matcher(lines[line - 1]).region(column, lines[line - 1].length());
    return path.lookingAt() && path.group().startsWith(otherwise) ? path.group() : otherwise;
  }

  private static Stream<String> variables(Environment setting) {
    return Stream.of(
            setting.json() ? Stream.of(Scope.LINE) : Stream.<String>empty(),
            setting.item() ? Stream.of(Scope.ITEM) : Stream.<String>empty(),
            setting.groups().keySet().stream().sorted().map(Scope.CAPTURED::concat),
            Language.EVENT.keySet().stream().sorted().map(Scope.EVENT::concat))
        .flatMap(names -> names);
  }

  /** Names that the language knows, and that this rule does not have. */
  static List<ExpressionError> ofNames(CelAbstractSyntaxTree tree, Environment setting) {
    return CelNavigableAst.fromAst(tree)
        .getRoot()
        .allNodes()
        .map(node -> node.expr())
        .filter(expr -> expr.getKind() == Kind.IDENT || expr.getKind() == Kind.SELECT)
        .flatMap(expr -> ofName(tree, expr, setting).stream())
        .toList();
  }

  private static List<ExpressionError> ofName(
      CelAbstractSyntaxTree tree, CelExpr expr, Environment setting) {
    String name = tree.getReference(expr.id()).map(reference -> reference.name()).orElse("");
    String wrong;
    if (name.equals(Scope.LINE) && !setting.json()) {
      wrong = "'line' is there only where the rule says 'json: true'";
    } else if (name.equals(Scope.ITEM) && !setting.item()) {
      wrong = "'item' is there only where the record says 'forEach'";
    } else if (name.startsWith(Scope.CAPTURED)
        && !setting.groups().containsKey(name.substring(Scope.CAPTURED.length()))) {
      String group = name.substring(Scope.CAPTURED.length());
      wrong =
          "the rule's regex has no group '%s'%s"
              .formatted(
                  group,
                  Suggestions.nearest(group, setting.groups().keySet().stream().sorted().toList())
                      .map("; '%s' is meant?"::formatted)
                      .orElse(""));
    } else {
      return List.of();
    }
    int offset = tree.getSource().getPositionsMap().getOrDefault(expr.id(), 0);
    return tree.getSource()
        .getOffsetLocation(offset)
        .map(at -> List.of(new ExpressionError(at.getLine(), at.getColumn(), wrong)))
        .orElseGet(() -> List.of(new ExpressionError(1, 0, wrong)));
  }
}
