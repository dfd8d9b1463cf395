package io.meterline.core.record;

import io.meterline.core.json.Escapes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The members of a record that the ingest contract names. */
public enum Field {
  METER_API_NAME("meterApiName"),
  CUSTOMER_ID("customerId"),
  METER_TIME_IN_MILLIS("meterTimeInMillis"),
  METER_VALUE("meterValue"),
  VALUES("values"),
  UNIQUE_ID("uniqueId"),
  DIMENSIONS("dimensions");

  private final String text;

  @SuppressWarnings("ImmutableEnumChecker") // Never handed out.
  private final byte[] bytes;

  Field(String text) {
    this.text = text;
    this.bytes = text.getBytes(StandardCharsets.US_ASCII);
  }

  /** Its place in arrays that keep something for each field. */
  @SuppressWarnings("EnumOrdinal") // Never stored.
  int index() {
    return ordinal();
  }

  /** The member's name. */
  public String text() {
    return text;
  }

  /** The field whose name is in {@code [from, to)}; null for any other name. */
  static @Nullable Field named(byte[] source, int from, int to, boolean escaped) {
    if (!escaped) {
      return named(source, from, to);
    }
    byte[] name = new byte[to - from + Escapes.SLACK];
    Escapes escapes = new Escapes();
    escapes.decode(source, from, to, name);
    return named(name, 0, escapes.written());
  }

  private static @Nullable Field named(byte[] source, int from, int to) {
    Field field =
        switch (to - from) {
          case 6 -> VALUES;
          case 8 -> UNIQUE_ID;
          case 10 ->
              source[from] == 'c' ? CUSTOMER_ID : source[from] == 'm' ? METER_VALUE : DIMENSIONS;
          case 12 -> METER_API_NAME;
          case 17 -> METER_TIME_IN_MILLIS;
          default -> null;
        };
    return field != null && Arrays.equals(source, from, to, field.bytes, 0, field.bytes.length)
        ? field
        : null;
  }
}
