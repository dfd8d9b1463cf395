package io.meterline.core.delivery;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a receiver's answer to one body means for the records in it. */
public sealed interface BodyAnswer {
  /** Every record is accepted. */
  record Accepted() implements BodyAnswer {}

  /**
   * The receiver answered for each record: those in {@code refused} are refused, the others are
   * accepted.
   *
   * @param refused why, by the record's position in the body
   */
  record PerRecord(SortedMap<Integer, String> refused) implements BodyAnswer {
    public PerRecord {
      refused = Collections.unmodifiableSortedMap(new TreeMap<>(refused));
    }
  }

  /**
   * The body is refused as a whole, and the answer does not say because of which record.
   *
   * @param status such as {@code answers 400}
   * @param quote what the receiver said; it may quote a record
   */
  record Refused(String status, String quote) implements BodyAnswer {
    public Refused {
      requireNonNull(status, "status is null");
      requireNonNull(quote, "quote is null");
    }
  }

  /**
   * The body is larger than the receiver accepts.
   *
   * @param status such as {@code answers 413}
   * @param quote what the receiver said
   */
  record TooLarge(String status, String quote) implements BodyAnswer {
    public TooLarge {
      requireNonNull(status, "status is null");
      requireNonNull(quote, "quote is null");
    }
  }
}
