package io.meterline.ledger;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * Which stored records are wanted.
 *
 * @param meter its name; empty for all
 * @param customer its id; empty for all
 * @param text that the meter, the customer, the unique id or the value of a dimension holds, in
 *     whatever case; empty for all
 * @param from the first instant that counts
 * @param to the first that counts no more
 * @param skip how many of the newest are passed over: those of earlier pages
 * @param most how many are told
 */
public record RecordQuery(
    String meter, String customer, String text, Instant from, Instant to, int skip, int most) {
  public RecordQuery {
    requireNonNull(meter, "meter is null");
    requireNonNull(customer, "customer is null");
    requireNonNull(text, "text is null");
    requireNonNull(from, "from is null");
    requireNonNull(to, "to is null");
    if (skip < 0 || most < 1) {
      throw new IllegalArgumentException(
          "skip must be 0 or more and most 1 or more, not %d and %d".formatted(skip, most));
    }
  }
}
