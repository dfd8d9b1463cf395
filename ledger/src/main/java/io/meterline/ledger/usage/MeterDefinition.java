package io.meterline.ledger.usage;

import static java.util.Objects.requireNonNull;

/**
 * What a meter means.
 *
 * @param meter its name in records
 * @param over the dimension whose values UNIQUE_COUNT counts; empty for all others
 * @param unit of its values, for a person; may be empty
 */
public record MeterDefinition(String meter, Aggregation aggregation, String over, String unit) {
  public MeterDefinition {
    requireNonNull(meter, "meter is null");
    requireNonNull(aggregation, "aggregation is null");
    requireNonNull(over, "over is null");
    requireNonNull(unit, "unit is null");
    if (meter.isBlank()) {
      throw new IllegalArgumentException("a meter's name is blank");
    }
    if ((aggregation == Aggregation.UNIQUE_COUNT) == over.isEmpty()) {
      throw new IllegalArgumentException(
          "meter '%s': 'over' names the dimension that UNIQUE_COUNT counts, and is for it alone"
              .formatted(meter));
    }
  }

  /** What holds for a meter that nobody has defined. */
  public static MeterDefinition undefined(String meter) {
    return new MeterDefinition(meter, Aggregation.SUM, "", "");
  }
}
