package io.meterline.cli;

import io.meterline.core.files.FileNames;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The files found by a pattern, and what could not be looked into.
 *
 * @param files in the order of their names
 * @param unreadable a line for each folder or file, which says why
 */
record FoundFiles(List<Path> files, List<String> unreadable) {
  FoundFiles {
    files = List.copyOf(files);
    unreadable = List.copyOf(unreadable);
  }

  /** The wanted files below a folder. What cannot be read hides nothing else. */
  static FoundFiles below(Path folder, int depth, Path excluded, Predicate<Path> wanted)
      throws IOException {
    // The folder itself may be a link, which is followed; those in it are not.
    Path real = folder.toRealPath();
    List<String> unreadable = new ArrayList<>();
    List<Path> found = new ArrayList<>();
    Files.walkFileTree(
        real,
        Set.<FileVisitOption>of(),
        depth,
        new SimpleFileVisitor<>() {
          private Path named(Path visited) {
            return folder.resolve(real.relativize(visited));
          }

          @Override
          public FileVisitResult preVisitDirectory(Path below, BasicFileAttributes attributes) {
            return named(below).startsWith(excluded)
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path visited, BasicFileAttributes attributes) {
            Path file = named(visited);
            if (!file.startsWith(excluded) && wanted.test(file) && Files.isRegularFile(file)) {
              found.add(file);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failure) {
            if (!named(file).startsWith(excluded)) {
              unreadable.add(describe(file, failure));
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path below, @Nullable IOException failure) {
            if (failure != null) {
              unreadable.add(describe(below, failure));
            }
            return FileVisitResult.CONTINUE;
          }
        });
    found.sort(null);
    return new FoundFiles(eachOnce(found, unreadable), unreadable);
  }

  private static String describe(Path file, IOException failure) {
    return FileNames.printable(file) + ": " + Complaints.reasonAlone(failure);
  }

  /** Without links to files that are among them: {@code current.log} is no log of its own. */
  private static List<Path> eachOnce(List<Path> files, List<String> unreadable) {
    Set<Path> kept = new LinkedHashSet<>();
    Set<Path> real = new HashSet<>();
    for (Path file : files) {
      if (!Files.isSymbolicLink(file)) {
        kept.add(file);
        addReal(file, real, unreadable);
      }
    }
    for (Path file : files) {
      if (Files.isSymbolicLink(file) && addReal(file, real, unreadable)) {
        kept.add(file);
      }
    }
    return kept.stream().sorted().toList();
  }

  private static boolean addReal(Path file, Set<Path> real, List<String> unreadable) {
    try {
      return real.add(file.toRealPath());
    } catch (IOException e) {
      unreadable.add(describe(file, e));
      return false;
    }
  }
}
