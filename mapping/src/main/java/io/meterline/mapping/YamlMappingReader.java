package io.meterline.mapping;

import io.meterline.extract.Mapping;
import io.meterline.extract.MappingReader;

/** Reads rule files for programs that look for what can. */
public final class YamlMappingReader implements MappingReader {
  @Override
  public Mapping read(String name, String text) {
    try {
      return RuleFile.read(name, text);
    } catch (BadRules e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }
}
