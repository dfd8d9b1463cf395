package io.meterline.ledger;

import io.meterline.ledger.place.ObjectSource;
import io.meterline.ledger.place.PlacedObject;
import io.meterline.ledger.store.LedgerWriter;
import io.meterline.ledger.store.Sql;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Looks for objects that a place has and the ledger, attached as {@code kept}, has not: new ones,
 * and those that it refused since they are broken. Files that hold something else are none.
 */
final class NotLoaded {
  private static final int MOST_FINDINGS = 100;
  private static final int PAGE = 1000;
  private static final String LOADED = "";

  private final Sql sql;
  private final LoadListener listener;
  private final List<String> findings = new ArrayList<>();
  private long count;
  private long unlisted;

  NotLoaded(Sql sql, LoadListener listener) {
    this.sql = sql;
    this.listener = listener;
  }

  long count() {
    return count;
  }

  /** Places that could not be listed. */
  long unlisted() {
    return unlisted;
  }

  /** The first of them, for a person. */
  List<String> findings() {
    return count > MOST_FINDINGS
        ? Stream.concat(
                findings.stream(), Stream.of("… and %d more".formatted(count - MOST_FINDINGS)))
            .toList()
        : findings;
  }

  void look(ObjectSource place) throws SQLException {
    try (Stream<PlacedObject> objects =
        place.objects((key, why) -> unlisted(key + " of " + place.root(), why))) {
      Iterator<PlacedObject> all = objects.iterator();
      Map<String, PlacedObject> page = new HashMap<>();
      while (all.hasNext()) {
        PlacedObject object = all.next();
        page.put(Loading.ref(place, object).name(), object);
        if (page.size() == PAGE || !all.hasNext()) {
          look(place, page);
          page.clear();
        }
      }
    } catch (UncheckedIOException e) {
      unlisted(place.root(), new IOException(e.getMessage(), e));
    } catch (IOException e) {
      unlisted(place.root(), e);
    }
  }

  void unlisted(String place, IOException failure) {
    unlisted++;
    listener.complaint(place, "can't be listed: " + Loading.reason(failure));
  }

  private void look(ObjectSource place, Map<String, PlacedObject> page) throws SQLException {
    Map<String, String> known = new HashMap<>();
    String marks = String.join(", ", Collections.nCopies(page.size(), "?"));
    Object[] names = page.keySet().toArray();
    sql.list(
        "SELECT name, reason || ': ' || detail FROM kept.quarantine WHERE position = -1 AND name IN (%s)"
            .formatted(marks),
        row -> known.put(row.getString(1), row.getString(2)),
        names);
    sql.list(
        "SELECT name FROM kept.object WHERE name IN (%s)".formatted(marks),
        row -> known.put(row.getString(1), LOADED),
        names);
    page.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(entry -> note(place, entry.getValue(), known.get(entry.getKey())));
  }

  private void note(ObjectSource place, PlacedObject object, @Nullable String why) {
    if (why != null && (why.equals(LOADED) || why.endsWith(LedgerWriter.FOREIGN))) {
      return;
    }
    count++;
    if (findings.size() < MOST_FINDINGS) {
      findings.add(
          "%s: at %s and not loaded: %s"
              .formatted(
                  object.key(),
                  place.root(),
                  why == null ? "it is new; 'meterline ledger load' loads it" : why));
    }
  }
}
