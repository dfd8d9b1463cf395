package io.meterline.cli;

import io.meterline.core.Digests;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;

/** Where a run keeps how far it got, when its sink is not a folder that could keep it. */
final class StateFolder {
  private static final int NAME_BYTES = 8;

  private StateFolder() {}

  /**
   * One folder a sink, below {@code $XDG_STATE_HOME} or {@code ~/.local/state}: files that were
   * delivered to one are news to another.
   */
  static Path of(String sink, Map<String, String> environment) {
    return home(environment).resolve("meterline").resolve(hash(sink));
  }

  private static Path home(Map<String, String> environment) {
    Path named = Path.of(environment.getOrDefault("XDG_STATE_HOME", ""));
    if (named.isAbsolute()) {
      return named;
    }
    String user = environment.getOrDefault("HOME", System.getProperty("user.home", ""));
    return Path.of(user).toAbsolutePath().resolve(".local").resolve("state");
  }

  private static String hash(String sink) {
    byte[] hash = Digests.sha256().digest(sink.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(hash, 0, NAME_BYTES);
  }
}
