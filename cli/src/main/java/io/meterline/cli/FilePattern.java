package io.meterline.cli;

import static java.util.Objects.requireNonNull;

import io.meterline.core.UriText;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.regex.PatternSyntaxException;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** The files that a {@code file:} URI stands for: one, those of a folder, or those of a glob. */
final class FilePattern {
  private static final String SCHEME = "file:";

  private final String text;
  private final CommandLine command;

  private FilePattern(String text, CommandLine command) {
    this.text = text;
    this.command = command;
  }

  static FilePattern of(String uri, String option, CommandLine command) {
    if (!uri.startsWith(SCHEME) || uri.length() == SCHEME.length()) {
      throw new ParameterException(
          command,
          "%s: '%s' must be - or file: with a file, a folder or a glob"
              .formatted(option, UriText.shown(uri)));
    }
    String path = uri.substring(SCHEME.length());
    return new FilePattern(path.startsWith("//") ? path.substring(2) : path, command);
  }

  /** The files in the order of their names, without those below {@code excluded}. */
  FoundFiles files(Path excluded) throws IOException {
    Path path = Path.of(text).toAbsolutePath().normalize();
    if (Files.isDirectory(path)) {
      return FoundFiles.below(
          path, Integer.MAX_VALUE, excluded, file -> !isHidden(path.relativize(file)));
    }
    if (Files.exists(path, LinkOption.NOFOLLOW_LINKS) || !isGlob(text)) {
      if (!Files.exists(path)) {
        throw new NoSuchFileException(path.toString());
      }
      if (!Files.isRegularFile(path)) {
        // A pipe can't be read again, so it must not be taken for a file that can.
        throw new FileSystemException(path.toString(), null, "no file; pipe it into --from -");
      }
      return new FoundFiles(List.of(path), List.of());
    }
    Path base = path;
    while (isGlob(base.toString())) {
      base = requireNonNull(base.getParent(), "the root is not a glob");
    }
    if (!Files.isDirectory(base)) {
      throw new NoSuchFileException(base.toString());
    }
    // A folder that the glob cannot reach into need not be readable.
    boolean anyDepth = path.toString().contains("**") || path.toString().contains("{");
    int depth = anyDepth ? Integer.MAX_VALUE : path.getNameCount() - base.getNameCount();
    return FoundFiles.below(base, depth, excluded, matcher(path)::matches);
  }

  /** As above; a single file may not be there yet. */
  FoundFiles filesSoFar(Path excluded) throws IOException {
    Path path = Path.of(text).toAbsolutePath().normalize();
    Path folder = path.getParent();
    boolean awaited = !isGlob(text) && !Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    return awaited && folder != null && Files.isDirectory(folder)
        ? new FoundFiles(List.of(), List.of())
        : files(excluded);
  }

  private PathMatcher matcher(Path path) {
    try {
      return FileSystems.getDefault().getPathMatcher("glob:" + path);
    } catch (PatternSyntaxException e) {
      throw new ParameterException(command, "'%s': %s".formatted(text, e.getDescription()), e);
    }
  }

  private static boolean isHidden(Path relative) {
    for (Path name : relative) {
      if (name.toString().startsWith(".")) {
        return true;
      }
    }
    return false;
  }

  private static boolean isGlob(String path) {
    return path.chars().anyMatch(c -> "*?[{".indexOf(c) >= 0);
  }
}
