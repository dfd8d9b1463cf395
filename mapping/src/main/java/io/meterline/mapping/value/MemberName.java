package io.meterline.mapping.value;

import java.nio.charset.StandardCharsets;

/**
 * The name of a member that is looked for in line after line, with the place where it stood last:
 * most lines of a log have their members in the same order. The place is a guess that is checked,
 * so threads may share it.
 */
public final class MemberName {
  private final String text;
  final byte[] utf8;
  int hint;

  public MemberName(String text) {
    this.text = text;
    this.utf8 = text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return text;
  }
}
