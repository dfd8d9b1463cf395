package io.meterline.ledger.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * DuckDB's library, which its driver unpacks for each process: 70 MB in the folder for temporary
 * files, and they stay there when the process is killed.
 */
final class NativeLibrary {
  private static final Path MAPPED = Path.of("/proc/self/maps");
  private static final Pattern UNPACKED = Pattern.compile("(/\\S*/libduckdb_java\\d+\\.so\\S*)");

  private NativeLibrary() {}

  /** Takes away the file that this process has loaded; what is loaded stays so without it. */
  static void forgetFile() {
    for (Path file : files()) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        // It is the driver's to take away when the process ends.
        return;
      }
    }
  }

  /** Empty where the system does not tell what is loaded. */
  static List<Path> files() {
    if (!Files.isReadable(MAPPED)) {
      return List.of();
    }
    try (Stream<String> lines = Files.lines(MAPPED)) {
      return lines
          .map(UNPACKED::matcher)
          .filter(Matcher::find)
          .map(found -> Path.of(found.group(1)))
          .distinct()
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }
}
