package io.meterline.core.rule;

/**
 * Reads rules from text. Found by {@link java.util.ServiceLoader}, so that a program whose users
 * need no rules need not hold what reads them.
 */
@FunctionalInterface
public interface MappingReader {
  /**
   * Reads rules.
   *
   * @param name what messages call the text
   * @throws IllegalArgumentException with all that is wrong in it
   */
  Mapping read(String name, String text);
}
