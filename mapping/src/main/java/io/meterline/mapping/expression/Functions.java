package io.meterline.mapping.expression;

import static dev.cel.common.CelFunctionDecl.newFunctionDeclaration;
import static dev.cel.common.CelOverloadDecl.newGlobalOverload;

import dev.cel.bundle.CelBuilder;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.TypeParamType;
import dev.cel.runtime.CelFunctionBinding;
import io.meterline.mapping.value.Budget;
import io.meterline.mapping.value.Decimal;
import io.meterline.mapping.value.Equality;
import io.meterline.mapping.value.EvaluationException;
import io.meterline.mapping.value.JsonValues;
import io.meterline.mapping.value.Kinds;
import java.util.List;
import java.util.Map;

/** What expressions can call beside CEL's own: equality that knows decimals, JSON, times, sums. */
final class Functions {
  private static final TypeParamType A = TypeParamType.create("A");
  private static final TypeParamType B = TypeParamType.create("B");

  private Functions() {}

  @SuppressWarnings("Immutable") // Times keeps patterns: what it gives is the same as without.
  static void addTo(CelBuilder language) {
    Times times = new Times();
    equality(language);
    language.addFunctionDeclarations(
        newFunctionDeclaration(
            "json", newGlobalOverload("json_string", SimpleType.DYN, SimpleType.STRING)),
        newFunctionDeclaration("sum", newGlobalOverload("sum_any", Decimals.TYPE, SimpleType.DYN)),
        newFunctionDeclaration(
            "millis",
            newGlobalOverload("millis_iso", SimpleType.INT, SimpleType.STRING),
            newGlobalOverload(
                "millis_pattern", SimpleType.INT, SimpleType.STRING, SimpleType.STRING)));
    language.addFunctionBindings(
        CelFunctionBinding.from(
            "json_string", String.class, text -> JsonValues.parse(text, Budget.current())),
        CelFunctionBinding.from("sum_any", Object.class, Functions::sum),
        CelFunctionBinding.from("millis_iso", String.class, Times::millis),
        CelFunctionBinding.from("millis_pattern", String.class, String.class, times::millis));
  }

  /** Those of CEL know no decimals, so these take their place. */
  private static void equality(CelBuilder language) {
    language.addFunctionDeclarations(
        newFunctionDeclaration("_==_", newGlobalOverload("equals", SimpleType.BOOL, A, A)),
        newFunctionDeclaration("_!=_", newGlobalOverload("not_equals", SimpleType.BOOL, A, A)),
        newFunctionDeclaration(
            "@in",
            newGlobalOverload("in_list", SimpleType.BOOL, A, ListType.create(A)),
            newGlobalOverload("in_map", SimpleType.BOOL, A, MapType.create(A, B))));
    language.addFunctionBindings(
        CelFunctionBinding.from("equals", Object.class, Object.class, Functions::areEqual),
        CelFunctionBinding.from(
            "not_equals", Object.class, Object.class, (a, b) -> !areEqual(a, b)),
        CelFunctionBinding.from(
            "in_list", Object.class, List.class, (a, list) -> contains(list, a)),
        CelFunctionBinding.from("in_map", Object.class, Map.class, (a, map) -> contains(map, a)));
  }

  private static boolean areEqual(Object a, Object b) {
    return Equality.areEqual(a, b, Budget.current());
  }

  private static boolean contains(Object container, Object value) {
    return Equality.contains(container, value, Budget.current());
  }

  /** A number as it is; the numbers of a list together. */
  private static Object sum(Object value) {
    if (!(value instanceof List<?> numbers)) {
      if (!Decimal.isNumber(value)) {
        throw EvaluationException.of("'sum' takes numbers, not " + Kinds.of(value));
      }
      return Decimal.of(value);
    }
    Decimal total = Decimal.of(0);
    Budget.current().take((long) Budget.ELEMENT * numbers.size());
    for (Object number : numbers) {
      if (!Decimal.isNumber(number)) {
        throw EvaluationException.of("'sum' takes numbers, not " + Kinds.of(number));
      }
      total = total.plus(Decimal.of(number));
    }
    return total;
  }
}
