package io.meterline.benchmarks.endtoend;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What a stretch of processor time goes to, told by the class that runs. */
enum Work {
  BASE64("base64", "io.meterline.core.event.Base64Text", "java.util.Base64"),
  INFLATION(
      "inflation and CRC", "java.util.zip.", "io.meterline.payload.Gzip", "io.meterline.deflate."),
  EXTRACTION(
      "extraction: payload, lines, records",
      "io.meterline.extract.",
      "io.meterline.json.",
      "io.meterline.payload."),
  DIGESTS(
      "digests: Content-MD5, the signature's SHA-256",
      "java.security.MessageDigest",
      "sun.security.provider."),
  PUT(
      "put: signing and HTTP",
      "io.meterline.aws.",
      "software.amazon.",
      "java.net.http.",
      "jdk.internal.net.http.",
      "sun.nio.ch."),
  ENVELOPE("the event's envelopes, gathering records, the body", "io.meterline."),
  OTHER("other");

  private final String words;

  @SuppressWarnings("ImmutableEnumChecker") // List.of makes none that changes.
  private final List<String> prefixes;

  Work(String words, String... prefixes) {
    this.words = words;
    this.prefixes = List.of(prefixes);
  }

  /** In words for a table. */
  String words() {
    return words;
  }

  /** What the class is there for; empty where that depends on who calls it. */
  static Optional<Work> of(String className) {
    return Arrays.stream(values())
        .filter(work -> work.prefixes.stream().anyMatch(className::startsWith))
        .findFirst();
  }
}
