package io.meterline.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file with a token in it: one line of visible ASCII characters. */
final class TokenFile {
  private static final int MOST = 4096;

  /** A shorter one is found by trying. */
  private static final int LEAST = 8;

  private static final String ADVICE = "; make one with: openssl rand -hex 32 > ";

  private TokenFile() {}

  /** Reads the token; a message names the file and never holds a part of the token. */
  static String read(Path file) throws IOException {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(MOST + 1);
    }
    if (bytes.length > MOST) {
      throw wrong(file, "longer than %d bytes, which is not a token".formatted(MOST));
    }
    if (startsWith(bytes, 0xFF, 0xFE) || startsWith(bytes, 0xFE, 0xFF) || hasNul(bytes)) {
      throw wrong(file, "saved as UTF-16: save it as plain ASCII or UTF-8 text");
    }
    if (startsWith(bytes, 0xEF, 0xBB, 0xBF)) {
      throw wrong(file, "starts with a byte order mark: save it as UTF-8 without one");
    }
    for (byte one : bytes) {
      if (one < 0) {
        throw wrong(file, "the token has characters beyond ASCII, which a header can't carry");
      }
    }
    String token = new String(bytes, US_ASCII).strip();
    if (token.isEmpty()) {
      throw wrong(file, "there is no token in it");
    }
    if (token.lines().count() > 1) {
      throw wrong(file, "there are several lines in it: a token is one line");
    }
    if (!token.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
      throw wrong(file, "the token has spaces or control characters");
    }
    if (token.length() < LEAST) {
      throw wrong(
          file,
          "the token has %d characters: with fewer than %d it can be guessed"
              .formatted(token.length(), LEAST));
    }
    return token;
  }

  private static IOException wrong(Path file, String what) {
    return new IOException(file + ": " + what + ADVICE + file);
  }

  private static boolean hasNul(byte[] bytes) {
    for (byte one : bytes) {
      if (one == 0) {
        return true;
      }
    }
    return false;
  }

  private static boolean startsWith(byte[] bytes, int... start) {
    for (int i = 0; i < start.length; i++) {
      if (i >= bytes.length || (bytes[i] & 0xFF) != start[i]) {
        return false;
      }
    }
    return true;
  }
}
