package io.meterline.core.files;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;

/**
 * The names of files as text that does not depend on the locale.
 *
 * <p>Java decodes the bytes of a file's name with the locale's encoding, and different names may
 * become the same text. So what identifies a file is made from the bytes.
 */
public final class FileNames {
  /** Starts the identity of a path that is not UTF-8. Any other starts with a slash. */
  private static final String RAW = "bytes:";

  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private FileNames() {}

  /**
   * The absolute path, where its bytes are UTF-8; otherwise {@code bytes:} and the path, with every
   * byte beyond ASCII and each percent sign as {@code %HH}. Different paths have different
   * identities.
   */
  public static String identity(Path file) {
    byte[] bytes = bytes(file);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return RAW + escaped(bytes, "%", '%');
    }
  }

  /** The path that has this identity. */
  public static Path path(String identity) {
    if (identity.startsWith(RAW)) {
      return Path.of(URI.create("file://" + percent(unescaped(identity.substring(RAW.length())))));
    }
    return Path.of(URI.create("file://" + percent(identity.getBytes(StandardCharsets.UTF_8))));
  }

  /** The absolute path for people; where the locale cannot show it, its bytes as {@code \xHH}. */
  public static String printable(Path file) {
    String text = file.toAbsolutePath().normalize().toString();
    boolean clean = text.chars().noneMatch(c -> c == '\uFFFD' || Character.isISOControl((char) c));
    return clean ? text : escaped(bytes(file), "\\x", '\\');
  }

  private static byte[] bytes(Path file) {
    return unescaped(file.toAbsolutePath().normalize().toUri().getRawPath(), file);
  }

  /** A folder's URI ends with a slash that its path does not have. */
  private static byte[] unescaped(String uriPath, Path file) {
    boolean slash = uriPath.length() > 1 && uriPath.endsWith("/") && file.getFileName() != null;
    return unescaped(slash ? uriPath.substring(0, uriPath.length() - 1) : uriPath);
  }

  private static byte[] unescaped(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '%') {
        bytes.write(HexFormat.fromHexDigits(text, i + 1, i + 3));
        i += 2;
      } else {
        bytes.write(text.charAt(i));
      }
    }
    return bytes.toByteArray();
  }

  private static String escaped(byte[] bytes, String escape, char itself) {
    StringBuilder text = new StringBuilder();
    for (byte b : bytes) {
      if (b < ' ' || b == 0x7F || b == itself) {
        text.append(escape).append(HEX.toHexDigits(b));
      } else {
        text.append((char) b);
      }
    }
    return text.toString();
  }

  private static String percent(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    for (byte b : bytes) {
      boolean plain = b == '/' || b == '.' || b == '-' || b == '_' || isLetterOrDigit(b);
      if (plain) {
        text.append((char) b);
      } else {
        text.append('%').append(HEX.toHexDigits(b));
      }
    }
    return text.toString();
  }

  private static boolean isLetterOrDigit(byte b) {
    return (b >= '0' && b <= '9') || (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z');
  }
}
