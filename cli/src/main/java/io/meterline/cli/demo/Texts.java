package io.meterline.cli.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.UUID;

/** Texts as 128 bits: records are compared byte for byte, without being kept. */
final class Texts {
  private Texts() {}

  static String digest(String text) {
    return digest(text.getBytes(UTF_8));
  }

  static String digest(byte[] text) {
    return UUID.nameUUIDFromBytes(text).toString();
  }
}
