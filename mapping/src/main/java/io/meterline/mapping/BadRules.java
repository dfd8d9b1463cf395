package io.meterline.mapping;

import java.util.List;
import java.util.stream.Collectors;

/** A rule file that can't be used, with all that is wrong in it. */
public final class BadRules extends Exception {
  private static final long serialVersionUID = 1;

  private final transient List<Diagnostic> problems;

  BadRules(List<Diagnostic> problems) {
    super(problems.stream().map(Diagnostic::toString).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  /** In the order in which they are in the file. */
  public List<Diagnostic> problems() {
    return problems;
  }
}
