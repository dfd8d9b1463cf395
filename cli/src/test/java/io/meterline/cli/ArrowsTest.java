package io.meterline.cli;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The arrows between modules. A new module is one line in {@link #modules}. */
final class ArrowsTest {
  private static final String ROOT = "io.meterline";
  private static final String CORE = "core";
  private static final List<String> FOR_ALL = List.of("java", "javax", "org.jspecify");

  private static final JavaClasses PROGRAM =
      new ClassFileImporter()
          .withImportOption(location -> !location.contains("/test-classes/"))
          .importPackages(ROOT);

  private static List<Module> modules() {
    return List.of(
        Module.of(CORE, Set.of()),
        Module.of("samples", Set.of()),
        Module.of("testing", Set.of(CORE), "org.junit", "org.assertj", "com.sun.net.httpserver"),
        Module.of("emitter", Set.of()),
        Module.of("mapping", Set.of(CORE), "dev.cel", "org.snakeyaml", "com.google"),
        Module.of("aws", Set.of(CORE), "software.amazon", "org.reactivestreams"),
        Module.of("ledger", Set.of(CORE), "org.duckdb", "org.snakeyaml", "com.sun.net.httpserver"),
        Module.of(
            "lambda",
            Set.of(CORE, "aws", "mapping"),
            "com.amazonaws",
            "org.crac",
            "software.amazon"),
        Module.of("local", Set.of(CORE), "com.amazonaws", "com.sun.net.httpserver"),
        Module.of("demo", Set.of("emitter", "aws", CORE), "com.amazonaws", "software.amazon"),
        Module.of(
            "benchmarks",
            Set.of(CORE, "emitter", "mapping", "aws", "lambda", "local", "ledger"),
            "org.openjdk.jmh",
            "tools.jackson",
            "com.amazonaws",
            "com.sun.management",
            "jdk.jfr",
            "org.gaul"),
        Module.of(
            "cli",
            Set.of(CORE, "emitter", "mapping", "aws", "lambda", "local", "ledger", "demo"),
            "picocli",
            "me.tongfei.progressbar",
            "com.amazonaws",
            "com.sun.net.httpserver"));
  }

  @Test
  void theProgramIsLookedAt() {
    Set<String> seen = PROGRAM.stream().map(ArrowsTest::moduleOf).collect(toSet());
    assertThat(seen).contains(CORE, "testing", "emitter", "local", "cli");
  }

  @ParameterizedTest
  @MethodSource("modules")
  void aModuleUsesOnlyWhatItsArrowsAllow(Module module) {
    classes()
        .that(are(module))
        .should()
        .onlyDependOnClassesThat(mayBeUsedBy(module))
        .allowEmptyShould(true)
        .check(PROGRAM);
  }

  @ParameterizedTest
  @MethodSource("modules")
  void thePackagesOfAModuleHaveNoCycles(Module module) {
    slices()
        .matching("(**)")
        .as("packages of " + module)
        .should()
        .beFreeOfCycles()
        .allowEmptyShould(true)
        .check(PROGRAM.that(are(module)));
  }

  @Test
  void nothingUsesTheCommandLine() {
    assertThat(modules()).noneMatch(module -> module.mayUse().contains("cli"));
  }

  private static DescribedPredicate<JavaClass> are(Module module) {
    return describe("are of " + module, found -> module.name().equals(moduleOf(found)));
  }

  private static DescribedPredicate<JavaClass> mayBeUsedBy(Module module) {
    return describe(
        "the JDK, " + module.mayUse() + " or " + module.libraries(),
        used ->
            isOurs(used.getBaseComponentType())
                ? usesModule(module, moduleOf(used.getBaseComponentType()))
                : usesLibrary(module, used));
  }

  private static boolean usesModule(Module user, String used) {
    return used.equals(user.name()) || user.mayUse().contains(used);
  }

  private static boolean usesLibrary(Module user, JavaClass used) {
    JavaClass element = used.getBaseComponentType();
    return element.isPrimitive()
        || Stream.concat(FOR_ALL.stream(), user.libraries().stream())
            .anyMatch(prefix -> within(element.getPackageName(), prefix));
  }

  /** A module's packages start with its name. */
  private static String moduleOf(JavaClass found) {
    return modules().stream()
        .map(Module::name)
        .filter(name -> within(found.getPackageName(), ROOT + "." + name))
        .findFirst()
        .orElseThrow(() -> new AssertionError(found.getName() + " is in no module"));
  }

  private static boolean isOurs(JavaClass found) {
    return within(found.getPackageName(), ROOT);
  }

  private static boolean within(String packageName, String prefix) {
    return packageName.equals(prefix) || packageName.startsWith(prefix + ".");
  }

  /** Libraries are package prefixes; the JDK and JSpecify are for all. */
  record Module(String name, Set<String> mayUse, List<String> libraries) {
    static Module of(String name, Set<String> mayUse, String... libraries) {
      return new Module(name, mayUse, List.of(libraries));
    }

    @Override
    public String toString() {
      return name;
    }
  }
}
