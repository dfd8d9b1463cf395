package io.meterline.cli;

import io.meterline.mapping.Suggestion;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Proposes rules for JSON lines, to be edited. */
@Command(
    name = "suggest-mapping",
    header = "Proposes a first rule file for JSON lines, to edit.",
    description =
        "Looks for fields named like a customer, a time and a quantity. The rules go to "
            + "stdout.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footer = {
      "",
      "Example:",
      "  meterline suggest-mapping app.log > rules.yaml",
      "  meterline try-mapping rules.yaml app.log"
    })
final class SuggestMappingCommand implements Callable<Integer> {
  private static final int MOST_LINES = 10_000;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "SAMPLE", description = "Log lines; - for standard input.")
  private String sample = StandardInput.ARGUMENT;

  @Override
  public Integer call() throws IOException {
    Suggestion suggestion = new Suggestion();
    int others = 0;
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(open(), StandardCharsets.UTF_8))) {
      for (@Nullable String line = in.readLine();
          line != null && suggestion.lines() < MOST_LINES;
          line = in.readLine()) {
        others += line.isBlank() || suggestion.add(line) ? 0 : 1;
      }
    }
    Optional<String> rules = suggestion.text();
    if (rules.isEmpty()) {
      throw new IOException(
          StandardInput.nameOf(sample)
              + ": no line of it is a JSON object; for text lines, start from a built-in rule file (see"
              + " docs/mapping.md)");
    }
    spec.commandLine().getOut().print(rules.get());
    spec.commandLine().getOut().flush();
    spec.commandLine()
        .getErr()
        .println("looked at %d JSON lines; %d others".formatted(suggestion.lines(), others));
    return ExitCode.DONE;
  }

  private InputStream open() throws IOException {
    return sample.equals(StandardInput.ARGUMENT)
        ? StandardInput.open()
        : Files.newInputStream(Path.of(sample));
  }
}
