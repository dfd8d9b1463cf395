package io.meterline.lambda;

import io.meterline.aws.Documents;
import io.meterline.core.rule.Mapping;
import io.meterline.core.rule.MappingReader;
import java.io.IOException;
import java.util.Iterator;
import java.util.ServiceLoader;

/** The rules that METERLINE_MAPPING holds, or says where they are. */
final class MappingText {
  private MappingText() {}

  /**
   * Reads them.
   *
   * @throws IllegalArgumentException with words for the one who set the variable
   */
  static Mapping read(String text, Settings settings) {
    Iterator<MappingReader> readers =
        ServiceLoader.load(MappingReader.class, MappingText.class.getClassLoader()).iterator();
    if (!readers.hasNext()) {
      throw new IllegalArgumentException(
          "this artifact can't read rules: add the layer of lambda/target/mapping-layer to the"
              + " function, or unset the variable");
    }
    if (!Documents.isLocation(text)) {
      return readers.next().read("METERLINE_MAPPING", text);
    }
    String rules;
    try {
      rules = new Documents(settings.destinations()).read(text);
    } catch (IOException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
    return readers.next().read(text, rules);
  }
}
