package io.meterline.emitter;

import static java.util.Objects.requireNonNull;

import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Supplier;

/** The line of a record, in the ingest contract's words. */
final class RecordFormat {
  /** 9999-12-31T23:59:59.999Z, the last time that the agent takes. */
  private static final long LAST_TIME = 253_402_300_799_999L;

  private static final byte[] METER = JsonLine.ascii("\"meterApiName\":");
  private static final byte[] CUSTOMER = JsonLine.ascii("\"customerId\":");
  private static final byte[] TIME = JsonLine.ascii(",\"meterTimeInMillis\":");
  private static final byte[] VALUE = JsonLine.ascii(",\"meterValue\":");
  private static final byte[] VALUES = JsonLine.ascii(",\"values\":");
  private static final byte[] ID = JsonLine.ascii(",\"uniqueId\":");
  private static final byte[] DIMENSIONS = JsonLine.ascii(",\"dimensions\":");

  private final byte[] opening;
  private final InstantSource clock;
  private final Supplier<String> ids;

  RecordFormat(MeterLogOptions options) {
    this.opening = JsonLine.ascii(options.marker() + " {");
    this.clock = options.clock();
    this.ids = options.ids();
  }

  void write(
      JsonLine line,
      String meterApiName,
      String customerId,
      Number value,
      Map<String, String> dimensions) {
    requireNonNull(meterApiName, "meterApiName is null");
    requireNonNull(value, "value is null");
    line.clear();
    required("meterApiName", meterApiName, line.add(opening).add(METER));
    line.add(',');
    customerAndTime(customerId, line);
    JsonDecimal.write(value, meterApiName, line.add(VALUE));
    idAndDimensions(dimensions, line);
  }

  void writeValues(
      JsonLine line,
      String customerId,
      Map<String, ? extends Number> values,
      Map<String, String> dimensions) {
    requireNonNull(values, "values is null");
    if (values.isEmpty()) {
      throw new IllegalArgumentException("values is empty: name at least one meter");
    }
    line.clear();
    customerAndTime(customerId, line.add(opening));
    char before = '{';
    line.add(VALUES);
    for (String meterApiName : sortedNames("values", values)) {
      Number value = values.get(meterApiName);
      if (value == null) {
        throw new IllegalArgumentException("the value of meter '" + meterApiName + "' is null");
      }
      required("a name in values", meterApiName, line.add(before));
      JsonDecimal.write(value, meterApiName, line.add(':'));
      before = ',';
    }
    line.add('}');
    idAndDimensions(dimensions, line);
  }

  private void customerAndTime(String customerId, JsonLine line) {
    requireNonNull(customerId, "customerId is null");
    required("customerId", customerId, line.add(CUSTOMER));
    long time = clock.millis();
    if (time < 1 || time > LAST_TIME) {
      throw new IllegalArgumentException(
          "the clock says " + time + " ms, which is not between 1 and " + LAST_TIME);
    }
    line.add(TIME).add(time);
  }

  private void idAndDimensions(Map<String, String> dimensions, JsonLine line) {
    requireNonNull(dimensions, "dimensions is null");
    required("uniqueId", requireNonNull(ids.get(), "uniqueId is null"), line.add(ID));
    if (!dimensions.isEmpty()) {
      char before = '{';
      line.add(DIMENSIONS);
      for (String name : sortedNames("dimensions", dimensions)) {
        String value = dimensions.get(name);
        if (value == null) {
          throw new IllegalArgumentException("dimension '" + name + "' is null");
        }
        if (!line.add(before).addString(name)) {
          throw halfPair("a name in dimensions");
        }
        if (!line.add(':').addString(value)) {
          throw halfPair("dimension '" + name + "'");
        }
        before = ',';
      }
      line.add('}');
    }
    line.add('}').checkLength();
  }

  private static String[] sortedNames(String what, Map<String, ?> map) {
    String[] names = map.keySet().toArray(new String[0]);
    for (String name : names) {
      if (name == null) {
        throw new IllegalArgumentException("a name in " + what + " is null");
      }
    }
    Arrays.sort(names);
    return names;
  }

  private static void required(String what, String text, JsonLine line) {
    if (text.isBlank()) {
      throw new IllegalArgumentException(what + " is blank");
    }
    if (!line.addString(text)) {
      throw halfPair(what);
    }
  }

  private static IllegalArgumentException halfPair(String what) {
    return new IllegalArgumentException(
        what + " holds half a surrogate pair: its text was cut within a character");
  }
}
