package io.meterline.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads files that must be small: no more of a large or endless one than shows that it is. */
final class BoundedText {
  private BoundedText() {}

  /**
   * The text of a file in UTF-8.
   *
   * @throws IOException where it is longer than {@code mostCharacters}, among others
   */
  static String read(Path file, int mostCharacters) throws IOException {
    StringBuilder text = new StringBuilder();
    char[] part = new char[8192];
    try (Reader in = new InputStreamReader(Files.newInputStream(file), UTF_8.newDecoder())) {
      for (int read = in.read(part); read >= 0; read = in.read(part)) {
        text.append(part, 0, read);
        if (text.length() > mostCharacters) {
          throw new IOException(
              "%s: the file is longer than %d characters, the limit"
                  .formatted(file, mostCharacters));
        }
      }
    }
    return text.toString();
  }
}
