package io.meterline.cli;

import io.meterline.core.Reason;
import java.util.Map;
import java.util.stream.Collectors;

/** Says why records are in quarantine: {@code quarantined=2 (malformed-json=1, refused=1)}. */
final class ReasonCounts {
  private ReasonCounts() {}

  static String text(Map<Reason, Long> reasons) {
    long all = reasons.values().stream().mapToLong(Long::longValue).sum();
    return reasons.entrySet().stream()
        .map(entry -> entry.getKey().word() + "=" + entry.getValue())
        .collect(Collectors.joining(", ", "quarantined=" + all + " (", ")"));
  }
}
