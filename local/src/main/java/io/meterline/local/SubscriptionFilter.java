package io.meterline.local;

import static java.util.Objects.requireNonNull;

/** Which log events of a group go where. */
public record SubscriptionFilter(
    String name, FilterPattern pattern, LogDestination destination, Distribution distribution) {
  public SubscriptionFilter {
    requireNonNull(name, "name is null");
    requireNonNull(pattern, "pattern is null");
    requireNonNull(destination, "destination is null");
    requireNonNull(distribution, "distribution is null");
  }
}
