package io.meterline.cli;

import io.meterline.core.rule.Mapping;
import io.meterline.mapping.BadRules;
import io.meterline.mapping.BuiltinRules;
import io.meterline.mapping.RuleFile;
import io.meterline.mapping.Rules;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The rules by which other log lines become records. */
final class MappingOption {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--mapping",
      paramLabel = "RULES",
      description =
          "A file with rules that turn log lines without a marker into records, or "
              + "builtin:NAME for one that comes with Meterline (see docs/mapping.md).")
  private @Nullable String rules;

  /** What the option says; no rules where it is not given. */
  Mapping mapping() {
    return rules == null ? Mapping.NONE : read(rules, spec.commandLine());
  }

  /** The text of the rules; empty where the option is not given. */
  String text() {
    return rules == null ? "" : text(rules, spec.commandLine());
  }

  /** As above, for who tells of single rules. */
  Optional<Rules> rules() {
    return Optional.ofNullable(rules).map(given -> read(given, spec.commandLine()));
  }

  /** The rules of a file or of those that are built in. */
  static Rules read(String rules, CommandLine command) {
    try {
      return RuleFile.read(rules, text(rules, command));
    } catch (BadRules e) {
      throw new UnusableRules(e);
    }
  }

  private static String text(String rules, CommandLine command) {
    if (rules.startsWith(BuiltinRules.PREFIX)) {
      try {
        return BuiltinRules.text(rules.substring(BuiltinRules.PREFIX.length()));
      } catch (IllegalArgumentException e) {
        throw new ParameterException(command, String.valueOf(e.getMessage()), e);
      }
    }
    try {
      return BoundedText.read(Path.of(rules), RuleFile.MOST_CHARACTERS);
    } catch (InvalidPathException e) {
      throw new ParameterException(
          command, "'%s' is not a path: %s".formatted(rules, e.getReason()), e);
    } catch (CharacterCodingException e) {
      throw new UncheckedIOException(new IOException(rules + ": is not UTF-8", e));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
