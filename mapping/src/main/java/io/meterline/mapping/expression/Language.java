package io.meterline.mapping.expression;

import dev.cel.bundle.Cel;
import dev.cel.bundle.CelBuilder;
import dev.cel.bundle.CelFactory;
import dev.cel.checker.CelStandardDeclarations;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypes;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.extensions.CelExtensions;
import dev.cel.extensions.CelStringExtensions.Function;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelStandardFunctions;
import io.meterline.core.fast.FastPath;
import io.meterline.mapping.expression.Compiled.Right;
import io.meterline.mapping.expression.Compiled.Wrong;
import io.meterline.mapping.value.Budget;
import io.meterline.mapping.value.EvaluationException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The language of expressions: CEL with exact numbers. What one evaluation can cost is bounded by
 * an expression's length, its depth and the steps that it takes of a {@link Budget}.
 */
public final class Language {
  /** The longest expression, in characters. */
  public static final int MOST_CHARACTERS = 4_000;

  private static final int MOST_DEPTH = 50;
  private static final int MOST_STEPS = 10_000;

  private static final CelOptions OPTIONS =
      CelOptions.current()
          .maxExpressionCodePointSize(MOST_CHARACTERS)
          .maxParseRecursionDepth(MOST_DEPTH)
          .comprehensionMaxIterations(MOST_STEPS)
          .enableOptionalSyntax(true)
          .build();

  /** Members of the event, which are variables of the language. */
  static final Map<String, CelType> EVENT =
      Map.of(
          "message", SimpleType.STRING,
          "id", SimpleType.STRING,
          "timestamp", SimpleType.INT,
          "owner", SimpleType.STRING,
          "logGroup", SimpleType.STRING,
          "logStream", SimpleType.STRING);

  private static final ExpressionError TOO_DEEP =
      new ExpressionError(
          1, 0, "it is nested too deeply; split it, or give parts of it to several records");

  private final Cel cel;

  /** A language in which all these groups of regular expressions have a name. */
  public Language(Set<String> groups) {
    CelBuilder builder =
        CelFactory.standardCelBuilder()
            .setOptions(OPTIONS)
            .setStandardEnvironmentEnabled(false)
            .setStandardDeclarations(
                CelStandardDeclarations.newBuilder()
                    .excludeFunctions(
                        CelStandardDeclarations.StandardFunction.EQUALS,
                        CelStandardDeclarations.StandardFunction.NOT_EQUALS,
                        CelStandardDeclarations.StandardFunction.IN,
                        CelStandardDeclarations.StandardFunction.OLD_IN)
                    .build())
            .setStandardFunctions(
                CelStandardFunctions.newBuilder()
                    .excludeFunctions(
                        CelStandardFunctions.StandardFunction.EQUALS,
                        CelStandardFunctions.StandardFunction.NOT_EQUALS,
                        CelStandardFunctions.StandardFunction.IN,
                        CelStandardFunctions.StandardFunction.MATCHES)
                    .build())
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS);
    extend(builder);
    Decimals.addTo(builder);
    Functions.addTo(builder);
    Matching.addTo(builder);
    Costs.addTo(builder);
    builder.addVar(Scope.LINE, MapType.create(SimpleType.STRING, SimpleType.DYN));
    builder.addVar(Scope.ITEM, SimpleType.DYN);
    EVENT.forEach((member, type) -> builder.addVar(Scope.EVENT + member, type));
    groups.forEach(group -> builder.addVar(Scope.CAPTURED + group, SimpleType.STRING));
    this.cel = builder.build();
  }

  /** Of strings, those functions whose results are no longer than what they are given. */
  private static void extend(CelBuilder builder) {
    var strings =
        CelExtensions.strings(
            Function.CHAR_AT,
            Function.INDEX_OF,
            Function.LAST_INDEX_OF,
            Function.LOWER_ASCII,
            Function.UPPER_ASCII,
            Function.SPLIT,
            Function.SUBSTRING,
            Function.TRIM);
    builder
        .addCompilerLibraries(strings, CelExtensions.optional(), CelExtensions.comprehensions())
        .addRuntimeLibraries(strings, CelExtensions.optional(), CelExtensions.comprehensions());
  }

  /** Compiles an expression for what is needed of it. */
  public Compiled compile(String source, ExpectedType need, Environment setting) {
    try {
      return checked(source, need, setting);
    } catch (StackOverflowError e) {
      return new Wrong(List.of(TOO_DEEP));
    }
  }

  private Compiled checked(String source, ExpectedType need, Environment setting) {
    CelAbstractSyntaxTree parsed;
    CelAbstractSyntaxTree tree;
    try {
      parsed = Literals.exact(cel.parse(source).getAst(), source);
      tree = cel.check(parsed).getAst();
    } catch (CelValidationException e) {
      return new Wrong(CompileErrors.of(e.getErrors(), source, need, setting));
    }
    List<ExpressionError> mistakes = new ArrayList<>(CompileErrors.ofNames(tree, setting));
    if (!need.takes(tree.getResultType())) {
      String type = CelTypes.format(tree.getResultType());
      mistakes.add(
          new ExpressionError(
              1, 0, "must be %s, and is %s: %s".formatted(need.words(), type, need.advice())));
    }
    if (!mistakes.isEmpty()) {
      return new Wrong(mistakes);
    }
    int nodes = Costs.nodes(tree);
    return new Right(
        new Shortcuts(tree, setting)
            .of(tree.getExpr())
            .filter(quick -> FastPath.RULES.isOn())
            .map(quick -> counted(quick, nodes))
            .orElseGet(() -> counted(interpreted(parsed), Costs.NODE * nodes)));
  }

  /** Rules may ask for very many evaluations, so each takes steps, however little it does. */
  private static Expression counted(Expression expression, int steps) {
    return scope -> {
      scope.budget().take(steps);
      return expression.value(scope);
    };
  }

  /**
   * The plain code and CEL's own, for one to be held to the other; empty where there is no such.
   */
  Optional<Both> both(String source, Environment setting) {
    try {
      CelAbstractSyntaxTree parsed = Literals.exact(cel.parse(source).getAst(), source);
      CelAbstractSyntaxTree tree = cel.check(parsed).getAst();
      return new Shortcuts(tree, setting)
          .of(tree.getExpr())
          .map(quick -> new Both(quick, interpreted(parsed)));
    } catch (CelValidationException notOne) {
      return Optional.empty();
    }
  }

  /** Two ways to one value. */
  record Both(Expression quick, Expression oracle) {}

  /** The expression as CEL's own runtime evaluates it. */
  private Expression interpreted(CelAbstractSyntaxTree parsed) {
    CelRuntime.Program program;
    try {
      program = cel.createProgram(cel.check(Costs.counted(parsed)).getAst());
    } catch (CelValidationException | CelEvaluationException e) {
      throw new IllegalStateException("a checked expression can't be run", e);
    }
    return scope -> scope.budget().within(() -> value(program, scope));
  }

  private static Object value(CelRuntime.Program program, Scope scope) {
    try {
      return program.eval(scope);
    } catch (CelEvaluationException e) {
      throw EvaluationErrors.of(e);
    } catch (EvaluationException e) {
      throw e;
    } catch (RuntimeException e) {
      // Whatever CEL's runtime stumbles over, it is one event that has no value.
      throw EvaluationException.of("it can't be evaluated: " + e);
    } catch (StackOverflowError e) {
      throw EvaluationException.of("it can't be evaluated: its values are nested too deeply");
    }
  }
}
