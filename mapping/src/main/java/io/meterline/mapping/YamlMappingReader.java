package io.meterline.mapping;

import io.meterline.core.rule.Mapping;
import io.meterline.core.rule.MappingReader;

/** Reads rule files, and {@code builtin:NAME}, for programs that look for what can. */
public final class YamlMappingReader implements MappingReader {
  @Override
  public Mapping read(String name, String text) {
    try {
      String word = text.strip();
      return word.startsWith(BuiltinRules.PREFIX) && word.lines().count() == 1
          ? RuleFile.read(word, BuiltinRules.text(word.substring(BuiltinRules.PREFIX.length())))
          : RuleFile.read(name, text);
    } catch (BadRules e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }
}
