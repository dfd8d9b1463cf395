package io.meterline.mapping.expression;

import com.google.common.collect.ImmutableMap;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelMutableAst;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.ast.CelMutableExpr;
import dev.cel.common.ast.CelMutableExpr.CelMutableCall;
import dev.cel.common.navigation.CelNavigableMutableAst;
import io.meterline.mapping.value.Decimal;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Replaces number literals with a fraction, which are doubles in CEL, by exact decimals. */
final class Literals {
  private static final Pattern NUMBER = Pattern.compile("-?\\d*\\.?\\d+(?:[eE][+-]?\\d+)?");

  private Literals() {}

  /** The tree with {@code decimal('…')} for each such literal, with the digits of the source. */
  static CelAbstractSyntaxTree exact(CelAbstractSyntaxTree parsed, String source) {
    CelMutableAst tree = CelMutableAst.fromCelAst(parsed);
    List<CelMutableExpr> numbers =
        CelNavigableMutableAst.fromAst(tree)
            .getRoot()
            .allNodes()
            .map(node -> node.expr())
            .filter(Literals::isDouble)
            .toList();
    if (numbers.isEmpty()) {
      return parsed;
    }
    long lastId =
        CelNavigableMutableAst.fromAst(tree)
            .getRoot()
            .allNodes()
            .mapToLong(node -> node.expr().id())
            .max()
            .orElse(0);
    ImmutableMap<Long, Integer> positions =
        ImmutableMap.copyOf(parsed.getSource().getPositionsMap());
    for (CelMutableExpr number : numbers) {
      double binary = number.constant().doubleValue();
      Optional<String> text = text(source, positions.getOrDefault(number.id(), -1), binary);
      if (text.isPresent()) {
        CelMutableExpr digits =
            CelMutableExpr.ofConstant(++lastId, CelConstant.ofValue(text.get()));
        number.setCall(CelMutableCall.create("decimal", digits));
      }
    }
    return tree.toParsedAst();
  }

  private static boolean isDouble(CelMutableExpr expr) {
    return expr.getKind() == Kind.CONSTANT
        && expr.constant().getKind() == CelConstant.Kind.DOUBLE_VALUE;
  }

  /** The literal's text; empty if it is out of a decimal's range. */
  private static Optional<String> text(String source, int codePoint, double binary) {
    String written = Double.toString(binary);
    if (codePoint >= 0) {
      Matcher number = NUMBER.matcher(source);
      number.region(source.offsetByCodePoints(0, codePoint), source.length());
      if (number.lookingAt() && Double.parseDouble(number.group()) == Math.abs(binary)) {
        // The position of a negative literal may be that of its digits.
        written = (binary < 0 ? "-" : "") + number.group();
      } else if (number.lookingAt() && Double.parseDouble(number.group()) == binary) {
        written = number.group();
      }
    }
    return Decimal.parse(written).isPresent() ? Optional.of(written) : Optional.empty();
  }
}
