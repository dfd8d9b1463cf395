package io.meterline.core.files;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The names that rotation gives to a log: {@code app.log.1}, {@code app-20221113.log.gz}, … */
final class RotatedNames {
  /** So many are looked at. */
  private static final int MOST = 1_000;

  /** A number or a date, which rotation appends to a name or inserts before its extension. */
  private static final Pattern NUMBER = Pattern.compile("[-._]?\\d[-._T\\d]*");

  /** Of those changed at the same time, the plain one before the compressed one. */
  private static final Comparator<Dated> NEWEST_FIRST =
      Comparator.comparingLong((Dated file) -> file.stat().modifiedMillis())
          .reversed()
          .thenComparing(Dated::path);

  private final String name;
  private final String stem;
  private final Pattern numbered;
  private final Path folder;

  RotatedNames(Path file) {
    Path absolute = file.toAbsolutePath();
    name = absolute.getFileName().toString();
    int dot = name.lastIndexOf('.');
    stem = dot > 0 ? name.substring(0, dot) : name;
    String extension = name.substring(stem.length());
    numbered =
        Pattern.compile(
            "(%s%s|%s%s%s)(\\.gz)?"
                .formatted(
                    Pattern.quote(name),
                    NUMBER,
                    Pattern.quote(stem),
                    NUMBER,
                    Pattern.quote(extension)));
    Path parent = absolute.getParent();
    folder = parent == null ? absolute : parent;
  }

  /** Whether a file of this name may be what the log was before. */
  boolean matches(String other) {
    return !other.equals(name)
        && other.startsWith(stem)
        && other.length() > stem.length()
        && !Character.isLetter(other.charAt(stem.length()));
  }

  /**
   * The logs that a file may be a rotated one of: its name is theirs with a number or a date. The
   * shortest names first.
   */
  static List<Path> logs(Path file) {
    String name = file.getFileName().toString();
    String plain = name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
    int dot = plain.lastIndexOf('.');
    Set<String> logs = new LinkedHashSet<>();
    for (int end = 1; end < plain.length(); end++) {
      String log = plain.substring(0, end);
      if (NUMBER.matcher(plain.substring(end)).matches()) {
        logs.add(log);
      }
      if (end < dot && NUMBER.matcher(plain.substring(end, dot)).matches()) {
        logs.add(log + plain.substring(dot));
      }
    }
    List<Path> paths = new ArrayList<>();
    for (String log : logs) {
      try {
        paths.add(file.resolveSibling(log));
      } catch (InvalidPathException e) {
        // The locale has no such name.
      }
    }
    paths.sort(Comparator.comparingInt(log -> log.toString().length()));
    return paths;
  }

  /** Whether the name is the log's with a number or a date, and nothing else. */
  private boolean isNumbered(String other) {
    return !other.equals(name) && numbered.matcher(other).matches();
  }

  /**
   * The files that may be rotated ones of a log, by their names, the last changed first. They are
   * in the log's folder and, if the log is a symbolic link, in its target's.
   */
  static List<Dated> around(Path log) throws IOException {
    List<Dated> files = new RotatedNames(log).files();
    Path real;
    try {
      real = log.toRealPath();
    } catch (NoSuchFileException e) {
      return files;
    }
    if (!real.equals(log.toAbsolutePath().normalize())) {
      new RotatedNames(real)
          .files().stream()
              .filter(file -> files.stream().noneMatch(one -> one.stat().isSameFile(file.stat())))
              .forEach(files::add);
      files.sort(NEWEST_FIRST);
    }
    return files;
  }

  /** The files beside the log that have such a name, the one that was changed last first. */
  private List<Dated> files() throws IOException {
    List<Dated> files = new ArrayList<>();
    try (DirectoryStream<Path> all =
        Files.newDirectoryStream(folder, file -> matches(file.getFileName().toString()))) {
      for (Path file : all) {
        dated(file).ifPresent(files::add);
      }
    } catch (NoSuchFileException e) {
      // The folder was removed just now.
    }
    files.sort(NEWEST_FIRST);
    return files.size() > MOST ? new ArrayList<>(files.subList(0, MOST)) : files;
  }

  private Optional<Dated> dated(Path file) throws IOException {
    try {
      BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
      boolean numbered = isNumbered(file.getFileName().toString());
      return found.isRegularFile()
          ? Optional.of(new Dated(file, Stat.of(found), numbered))
          : Optional.empty();
    } catch (NoSuchFileException e) {
      // It was renamed just now, and the next look finds it; or it is a link to nothing.
      return Optional.empty();
    } catch (AccessDeniedException e) {
      throw e;
    } catch (FileSystemException e) {
      // Links that lead to each other are no file.
      if (Files.isSymbolicLink(file)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /**
   * A file and its metadata.
   *
   * @param numbered whether its name is the log's with a number or a date, and nothing else
   */
  record Dated(Path path, Stat stat, boolean numbered) {}
}
