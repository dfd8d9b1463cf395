package io.meterline.cli;

import io.meterline.core.Suggestions;
import io.meterline.core.UriText;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** A word of a command line that names no option or command, and what it may have meant. */
record UnknownWord(CommandLine command, String message) {
  static UnknownWord of(UnmatchedArgumentException unmatched) {
    CommandLine command = unmatched.getCommandLine();
    String argument = unmatched.getUnmatched().getFirst();
    if (unmatched.isUnknownOption()) {
      // What follows it may be a secret.
      String name = argument.replaceFirst("(?s)=.*", "");
      return new UnknownWord(
          command, "unknown option '" + name + "'" + meant(name, options(command)));
    }
    Collection<String> commands = command.getSubcommands().keySet();
    // An address that lost its option may hold a password.
    String shown = argument.contains("://") ? UriText.shown(argument) : argument;
    String what = commands.isEmpty() ? "unexpected argument '" : "unknown command '";
    return new UnknownWord(
        command, what + shown + "'" + meant(argument, commands.stream().sorted().toList()));
  }

  /**
   * An unknown option among the arguments, though another mistake was met before it: the option
   * that is missing is often the one that is misspelt.
   */
  static Optional<UnknownWord> optionIn(CommandLine root, String[] arguments) {
    collectErrors(root);
    Deque<ParseResult> results = new ArrayDeque<>();
    for (ParseResult at = root.parseArgs(arguments); at != null; at = at.subcommand()) {
      results.add(at);
    }
    return results.stream()
        .flatMap(result -> result.errors().stream())
        .filter(UnmatchedArgumentException.class::isInstance)
        .map(UnmatchedArgumentException.class::cast)
        .filter(UnmatchedArgumentException::isUnknownOption)
        .map(UnknownWord::of)
        .findFirst();
  }

  private static void collectErrors(CommandLine command) {
    command.getCommandSpec().parser().collectErrors(true);
    command.getSubcommands().values().forEach(UnknownWord::collectErrors);
  }

  private static List<String> options(CommandLine command) {
    return command.getCommandSpec().options().stream()
        .filter(option -> !option.hidden())
        .flatMap(option -> Stream.of(option.names()))
        .sorted()
        .toList();
  }

  private static String meant(String word, List<String> known) {
    List<String> nearest = Suggestions.allNearest(word, known);
    return nearest.isEmpty() ? "" : ": did you mean '" + String.join("' or '", nearest) + "'?";
  }
}
