package io.meterline.core;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The digests that every Java platform has. */
public final class Digests {
  private Digests() {}

  public static MessageDigest sha256() {
    return digest("SHA-256");
  }

  /** For protocols that ask for it, and never against an attacker. */
  public static MessageDigest md5() {
    return digest("MD5");
  }

  private static MessageDigest digest(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has " + algorithm, e);
    }
  }
}
