package io.meterline.mapping.expression;

import static dev.cel.common.CelFunctionDecl.newFunctionDeclaration;
import static dev.cel.common.CelOverloadDecl.newGlobalOverload;

import com.google.common.primitives.UnsignedLong;
import dev.cel.bundle.CelBuilder;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.CelType;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelFunctionOverload;
import io.meterline.mapping.value.Arithmetic;
import io.meterline.mapping.value.Budget;
import io.meterline.mapping.value.Decimal;
import io.meterline.mapping.value.EvaluationException;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The exact numbers that CEL does not have: their type, operators and conversions. */
final class Decimals {
  static final CelType TYPE = OpaqueType.create("decimal");

  /** CEL's own numbers, which may be on the other side of an operator. */
  private static final Map<CelType, Class<?>> OTHERS =
      Map.of(
          SimpleType.INT, Long.class,
          SimpleType.UINT, UnsignedLong.class,
          SimpleType.DOUBLE, Double.class);

  private final CelBuilder language;

  private Decimals(CelBuilder language) {
    this.language = language;
  }

  static void addTo(CelBuilder language) {
    Decimals decimals = new Decimals(language);
    decimals.operators();
    decimals.conversions();
    decimals.roundings();
  }

  private void operators() {
    operator("_+_", "plus", TYPE, (a, b) -> Arithmetic.plus(a, b, Budget.current()));
    operator("_-_", "minus", TYPE, Arithmetic::minus);
    operator("_*_", "times", TYPE, Arithmetic::times);
    operator("_/_", "divided", TYPE, Arithmetic::dividedBy);
    operator("_%_", "modulo", TYPE, (a, b) -> Decimal.of(a).modulo(Decimal.of(b)));
    operator("_<_", "less", SimpleType.BOOL, (a, b) -> Arithmetic.compare(a, b, "<") < 0);
    operator("_<=_", "at_most", SimpleType.BOOL, (a, b) -> Arithmetic.compare(a, b, "<=") <= 0);
    operator("_>_", "more", SimpleType.BOOL, (a, b) -> Arithmetic.compare(a, b, ">") > 0);
    operator("_>=_", "at_least", SimpleType.BOOL, (a, b) -> Arithmetic.compare(a, b, ">=") >= 0);
    language.addFunctionDeclarations(
        newFunctionDeclaration("-_", newGlobalOverload("negate_decimal", TYPE, TYPE)));
    language.addFunctionBindings(
        CelFunctionBinding.from("negate_decimal", Decimal.class, Decimal::negated));
  }

  private void operator(
      String name, String id, CelType result, CelFunctionOverload.Binary<Object, Object> what) {
    List<CelOverloadDecl> overloads = new ArrayList<>();
    overload(id + "_decimals", result, TYPE, Decimal.class, TYPE, Decimal.class, what, overloads);
    OTHERS.forEach(
        (type, of) -> {
          String kind = "_" + type.name();
          overload(id + kind + "_decimal", result, type, of, TYPE, Decimal.class, what, overloads);
          overload(id + "_decimal" + kind, result, TYPE, Decimal.class, type, of, what, overloads);
        });
    language.addFunctionDeclarations(newFunctionDeclaration(name, overloads));
  }

  private <A, B> void overload(
      String id,
      CelType result,
      CelType left,
      Class<A> leftOf,
      CelType right,
      Class<B> rightOf,
      CelFunctionOverload.Binary<Object, Object> what,
      List<CelOverloadDecl> overloads) {
    overloads.add(newGlobalOverload(id, result, left, right));
    language.addFunctionBindings(
        CelFunctionBinding.from(id, leftOf, rightOf, (a, b) -> what.apply(a, b)));
  }

  private void conversions() {
    language.addFunctionDeclarations(
        newFunctionDeclaration(
            "decimal",
            newGlobalOverload("string_to_decimal", TYPE, SimpleType.STRING),
            newGlobalOverload("int_to_decimal", TYPE, SimpleType.INT),
            newGlobalOverload("uint_to_decimal", TYPE, SimpleType.UINT),
            newGlobalOverload("double_to_decimal", TYPE, SimpleType.DOUBLE),
            newGlobalOverload("decimal_to_decimal", TYPE, TYPE)),
        newFunctionDeclaration(
            "string", newGlobalOverload("decimal_to_string", SimpleType.STRING, TYPE)),
        newFunctionDeclaration("int", newGlobalOverload("decimal_to_int", SimpleType.INT, TYPE)),
        newFunctionDeclaration(
            "double", newGlobalOverload("decimal_to_double", SimpleType.DOUBLE, TYPE)));
    language.addFunctionBindings(
        CelFunctionBinding.from("string_to_decimal", String.class, Decimals::parse),
        CelFunctionBinding.from("int_to_decimal", Long.class, Decimal::of),
        CelFunctionBinding.from("uint_to_decimal", UnsignedLong.class, Decimal::of),
        CelFunctionBinding.from("double_to_decimal", Double.class, Decimal::of),
        CelFunctionBinding.from("decimal_to_decimal", Decimal.class, number -> number),
        CelFunctionBinding.from("decimal_to_string", Decimal.class, Decimal::toString),
        CelFunctionBinding.from("decimal_to_int", Decimal.class, Decimal::toLong),
        CelFunctionBinding.from("decimal_to_double", Decimal.class, Decimal::toDouble));
  }

  static Decimal parse(String text) {
    return Decimal.parse(text)
        .orElseThrow(
            () -> EvaluationException.of("decimal('%s'): not a number".formatted(shown(text))));
  }

  private static String shown(String text) {
    return text.length() <= 40 ? text : text.substring(0, 40) + "…";
  }

  private void roundings() {
    rounding("ceil", RoundingMode.CEILING);
    rounding("floor", RoundingMode.FLOOR);
    rounding("round", RoundingMode.HALF_UP);
  }

  private void rounding(String name, RoundingMode mode) {
    List<CelOverloadDecl> overloads = new ArrayList<>();
    overloads.add(newGlobalOverload(name + "_decimal", TYPE, TYPE));
    language.addFunctionBindings(
        CelFunctionBinding.from(name + "_decimal", Decimal.class, number -> number.rounded(mode)));
    OTHERS.forEach(
        (type, of) -> {
          String id = name + "_" + type.name();
          overloads.add(newGlobalOverload(id, TYPE, type));
          language.addFunctionBindings(
              CelFunctionBinding.from(id, of, number -> Decimal.of(number).rounded(mode)));
        });
    language.addFunctionDeclarations(newFunctionDeclaration(name, overloads));
  }
}
