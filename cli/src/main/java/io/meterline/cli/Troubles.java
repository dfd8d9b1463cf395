package io.meterline.cli;

import io.meterline.core.files.FollowRun;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Says what goes wrong while files are followed, each thing once. */
final class Troubles implements FollowRun.Troubles {
  private final PrintWriter words;
  private final Set<String> unreadable = new HashSet<>();
  private boolean searched;

  /** Looks for files. */
  @FunctionalInterface
  interface Search {
    FoundFiles files() throws IOException;
  }

  Troubles(PrintWriter words) {
    this.words = words;
  }

  /**
   * The files, after naming what could not be read and could be the last time. A folder that is
   * missing for a while does not end the run; one that is missing at its start is a mistake.
   */
  List<Path> newOf(Search search) throws IOException {
    FoundFiles found;
    try {
      found = search.files();
    } catch (IOException e) {
      if (!searched) {
        throw e;
      }
      found = new FoundFiles(List.of(), List.of(Complaints.reason(e)));
    }
    searched = true;
    for (String line : found.unreadable()) {
      if (unreadable.add(line)) {
        words.println("meterline: " + line + "; the rest is processed");
      }
    }
    unreadable.retainAll(Set.copyOf(found.unreadable()));
    return found.files();
  }

  @Override
  public void failed(Path file, IOException failure) {
    words.println("meterline: " + RunCommand.problem(file, failure) + "; tried again from now on");
  }

  @Override
  public void notice(String line) {
    words.println("meterline: " + line);
  }
}
