package io.meterline.mapping.expression;

import static dev.cel.common.CelFunctionDecl.newFunctionDeclaration;
import static dev.cel.common.CelOverloadDecl.newGlobalOverload;

import dev.cel.bundle.CelBuilder;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelMutableAst;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.ast.CelMutableExpr;
import dev.cel.common.ast.CelMutableExpr.CelMutableCall;
import dev.cel.common.ast.CelMutableExpr.CelMutableComprehension;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.navigation.CelNavigableMutableAst;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.TypeParamType;
import dev.cel.runtime.CelFunctionBinding;
import io.meterline.mapping.value.Budget;
import io.meterline.mapping.value.Decimal;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What an evaluation by CEL's runtime costs. The runtime counts the turns of loops and no more, so
 * calls go into the tree that take steps of the budget: for each turn of a loop, and for what a
 * function is about to read.
 */
final class Costs {
  /** The steps of one node of a tree in CEL's runtime. */
  static final int NODE = 8;

  private static final String PAID = "@paid";
  private static final String NEEDLE = "@needle";
  private static final String INSERT = "cel.@mapInsert";
  private static final int TEXT = 4;
  private static final int ENTRY = 16;

  /** These read no more than a number or a truth, or do not evaluate all that they are given. */
  private static final Set<String> FREE =
      Set.of(
          "_&&_",
          "_||_",
          "_?_:_",
          "!_",
          "@not_strictly_false",
          "_-_",
          "_*_",
          "_/_",
          "_%_",
          "-_",
          "_[_]",
          "_?._",
          "_[?_]",
          "type",
          "dyn",
          "optional.of",
          "optional.none",
          "optional.ofNonZeroValue",
          "or",
          "orValue",
          "hasValue",
          "value",
          "ceil",
          "floor",
          "round",
          "matches");

  private static final Set<String> SEARCHES = Set.of("contains", "indexOf", "lastIndexOf", "split");

  private Costs() {}

  static void addTo(CelBuilder language) {
    TypeParamType any = TypeParamType.create("T");
    language.addFunctionDeclarations(
        newFunctionDeclaration(PAID, newGlobalOverload("paid", any, any, SimpleType.INT)),
        newFunctionDeclaration(
            NEEDLE, newGlobalOverload("needle", SimpleType.STRING, SimpleType.STRING)));
    language.addFunctionBindings(
        CelFunctionBinding.from("paid", Object.class, Long.class, Costs::paid),
        CelFunctionBinding.from("needle", String.class, Costs::needle));
  }

  private static Object paid(Object value, long each) {
    Budget.current().read(size(value), (int) each);
    return value;
  }

  private static Object needle(String text) {
    Budget.current().find(text.length());
    return text;
  }

  private static int size(Object value) {
    return switch (value) {
      case String text -> text.length();
      case List<?> list -> list.size();
      case Map<?, ?> map -> map.size();
      case Decimal number -> number.to() - number.from();
      default -> 1;
    };
  }

  /** How many nodes the tree has. */
  static int nodes(CelAbstractSyntaxTree tree) {
    return (int) CelNavigableAst.fromAst(tree).getRoot().allNodes().count();
  }

  /** The tree with the calls that take steps, to be checked again. */
  static CelAbstractSyntaxTree counted(CelAbstractSyntaxTree parsed) {
    CelMutableAst tree = CelMutableAst.fromCelAst(parsed);
    List<CelMutableExpr> exprs =
        CelNavigableMutableAst.fromAst(tree).getRoot().allNodes().map(node -> node.expr()).toList();
    long[] lastId = {exprs.stream().mapToLong(CelMutableExpr::id).max().orElse(0)};
    int turn = NODE * exprs.size();
    for (CelMutableExpr expr : exprs) {
      if (expr.getKind() == Kind.COMPREHENSION) {
        CelMutableComprehension loop = expr.comprehension();
        loop.setIterRange(paying(loop.iterRange(), turn, lastId));
      } else if (expr.getKind() == Kind.CALL && !FREE.contains(expr.call().function())) {
        pay(expr.call(), lastId);
      }
    }
    return tree.toParsedAst();
  }

  private static void pay(CelMutableCall call, long[] lastId) {
    boolean searches = SEARCHES.contains(call.function());
    int each =
        switch (call.function()) {
          case "split" -> Budget.ELEMENT;
          case INSERT -> ENTRY;
          default -> TEXT;
        };
    call.target().filter(Costs::isPaid).ifPresent(of -> call.setTarget(paying(of, each, lastId)));
    for (int i = 0; i < call.args().size(); i++) {
      CelMutableExpr argument = call.args().get(i);
      if (searches && i == 0) {
        call.setArg(i, calling(lastId, NEEDLE, argument));
      } else if (isPaid(argument) && !isListSoFar(argument, call)) {
        call.setArg(i, paying(argument, each, lastId));
      }
    }
  }

  private static boolean isPaid(CelMutableExpr argument) {
    return argument.getKind() != Kind.CONSTANT;
  }

  /** To what a loop has so far, the runtime adds an element without reading it. */
  private static boolean isListSoFar(CelMutableExpr argument, CelMutableCall call) {
    return argument.getKind() == Kind.IDENT
        && (argument.ident().name().equals("@result")
            || argument.ident().name().equals("__result__"))
        && call.function().equals("_+_");
  }

  private static CelMutableExpr paying(CelMutableExpr value, long each, long[] lastId) {
    CelMutableExpr weight =
        CelMutableExpr.ofConstant(++lastId[0], CelConstant.ofValue(Math.max(1, each)));
    return calling(lastId, PAID, value, weight);
  }

  private static CelMutableExpr calling(long[] lastId, String name, CelMutableExpr... arguments) {
    return CelMutableExpr.ofCall(++lastId[0], CelMutableCall.create(name, arguments));
  }
}
