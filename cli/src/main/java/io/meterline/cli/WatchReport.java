package io.meterline.cli;

import io.meterline.ledger.LoadListener;
import io.meterline.ledger.place.PlacedObject;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one pass of a watch could not read. It is printed unless the pass before printed the same:
 * an object that stays unreadable is reported once, and again when it changes or was fine between.
 */
final class WatchReport implements LoadListener {
  private static final int MOST = 1000;

  private final PrintWriter words;
  private final Map<String, Complaint> before;
  private final Map<String, Complaint> found = new LinkedHashMap<>();
  private final boolean wasTooLong;
  private long beyond;

  private record Complaint(PlacedObject object, String why) {}

  WatchReport(PrintWriter words, @Nullable WatchReport last) {
    this.words = words;
    this.before = last == null ? Map.of() : last.found;
    this.wasTooLong = last != null && last.isTooLong();
  }

  @Override
  public void complaint(String key, String why) {
    words.println("meterline: " + key + ": " + why);
  }

  @Override
  public void unreadable(PlacedObject object, String why) {
    Complaint complaint = new Complaint(object, why);
    if (found.size() >= MOST && !found.containsKey(object.key())) {
      beyond++;
      return;
    }
    if (found.putIfAbsent(object.key(), complaint) == null
        && !complaint.equals(before.get(object.key()))) {
      complaint(object.key(), why);
    }
  }

  /** To be called when all was looked at. */
  void end() {
    if (beyond > 0 && !wasTooLong) {
      words.println("meterline: more than %d objects can't be read".formatted(MOST));
    }
  }

  /** Where the pass broke off: what it did not come to counts as before. */
  void endEarly() {
    before.forEach(found::putIfAbsent);
  }

  /** Whether there is more that can't be read than is remembered here. */
  boolean isTooLong() {
    return beyond > 0;
  }

  boolean hasUnread() {
    return !unread().isEmpty();
  }

  /** The objects to be tried again; folders are tried with each listing. */
  List<PlacedObject> unread() {
    return found.values().stream()
        .map(Complaint::object)
        .filter(object -> !object.version().isEmpty())
        .toList();
  }
}
