package io.meterline.ledger;

import io.meterline.ledger.body.BrokenBody;
import io.meterline.ledger.place.ObjectSource;
import io.meterline.ledger.place.PlacedObject;
import io.meterline.ledger.store.Database;
import io.meterline.ledger.store.LedgerException;
import io.meterline.ledger.store.LedgerWriter;
import io.meterline.ledger.store.ObjectRef;
import io.meterline.ledger.store.Sql;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Verifies a ledger against the objects that it was loaded from: they are loaded anew, in the same
 * order, into a ledger of their own beside it, and both must hold the same.
 */
@SuppressWarnings("InlineFormatString") // A statement reads best as one piece.
public final class LedgerCheck {
  private static final int MOST_DIFFERENCES = 100;
  private static final int PAGE = 1000;

  /** Both ledgers number names alike, so that rows can be compared by a hash. */
  private static final String SAME_NAMES = "INSERT INTO %1$s SELECT * FROM kept.%1$s";

  private static final String COUNTS =
      """
      SELECT k.name, k.sha256 = s.sha256, 'records=' || k.records || ' stored=' || k.stored
        || ' duplicates=' || k.duplicates || ' conflicts=' || k.conflicts
        || ' quarantined=' || k.quarantined AS kept, 'records=' || s.records || ' stored='
        || s.stored || ' duplicates=' || s.duplicates || ' conflicts=' || s.conflicts
        || ' quarantined=' || s.quarantined AS found
      FROM kept.object k JOIN object s ON s.name = k.name
      WHERE kept <> found OR k.sha256 <> s.sha256 ORDER BY k.id LIMIT %d""";

  private static final String TOTALS =
      """
      SELECT o.name AS object, r.meter, r.customer, r.scale, count(*) AS rows,
        sum(r.value)::VARCHAR AS total, bit_xor(hash(
          r.time, r.dims, r.value, r.wide, r.id_hi, r.id_lo, r.id_text, r.others)) AS content
      FROM %1$srecord r JOIN %1$sobject o ON o.id = r.object
      WHERE o.name IN (SELECT name FROM object) GROUP BY ALL""";

  private static final String DIFFERENT_TOTALS =
      """
      SELECT object, m.name, c.name, k.rows, k.total, s.rows, s.total
      FROM (%s) k FULL JOIN (%s) s USING (object, meter, customer, scale)
      LEFT JOIN meter m ON m.id = meter LEFT JOIN customer c ON c.id = customer
      WHERE k.rows IS DISTINCT FROM s.rows OR k.total IS DISTINCT FROM s.total
        OR k.content IS DISTINCT FROM s.content ORDER BY ALL LIMIT %d""";

  private final Path file;
  private final LedgerSettings settings;
  private final Places places;
  private final Map<String, ObjectSource> opened = new HashMap<>();

  /** Opens a place by its name, as {@link ObjectSource#place} told it. */
  @FunctionalInterface
  public interface Places {
    ObjectSource open(String place) throws IOException;
  }

  /**
   * What the check found.
   *
   * @param verified objects that were read again
   * @param missing objects that are not at hand, and places that can't be listed: what the ledger
   *     has of them was taken as true
   * @param delivered objects that came by request, and lie at no place: taken as true as well
   * @param notLoaded objects of the places that are not in the ledger
   * @param findings what is at a place and not in the ledger, for a person: the first of them
   * @param differences what is not as it should be, for a person; none where all is well
   */
  public record Outcome(
      long verified,
      long missing,
      long delivered,
      long notLoaded,
      List<String> findings,
      List<String> differences) {
    public Outcome {
      findings = List.copyOf(findings);
      differences = List.copyOf(differences);
    }

    /** Whether all that the places have was compared. */
    public boolean isComplete() {
      return missing == 0 && notLoaded == 0;
    }
  }

  public LedgerCheck(Path file, LedgerSettings settings, Places places) {
    this.file = file.toAbsolutePath().normalize();
    this.settings = settings;
    this.places = places;
  }

  /**
   * Checks; nothing else may have the ledger open.
   *
   * @param more places to look for objects in that were never loaded, beside those that the ledger
   *     was loaded from
   */
  public Outcome run(List<ObjectSource> more, LoadListener listener) throws IOException {
    // Brings the file to the newest version, or says why it can't be opened.
    Ledger.open(file, settings).close();
    Path folder = Files.createTempDirectory(file.getParent(), ".check-");
    Path scratch = folder.resolve("ledger");
    try (Database database = Database.open(scratch, settings.memory(), settings.threads())) {
      Sql sql = database.writer();
      sql.run("ATTACH '%s' AS kept (READ_ONLY)".formatted(file.toString().replace("'", "''")));
      for (String table : List.of("meter", "customer", "dimension_set", "dimension")) {
        sql.run(SAME_NAMES.formatted(table));
      }
      return check(database, more, listener);
    } catch (SQLException e) {
      throw new LedgerException(file + ": the check failed: " + e.getMessage(), e);
    } finally {
      for (String name : List.of("ledger.wal", "ledger")) {
        Files.deleteIfExists(folder.resolve(name));
      }
      Files.deleteIfExists(folder);
    }
  }

  private Outcome check(Database database, List<ObjectSource> more, LoadListener listener)
      throws SQLException, IOException {
    Sql sql = database.writer();
    LedgerWriter intake =
        new LedgerWriter(database, settings.limits(), settings.bounds(), settings.clock());
    List<String> differences = new ArrayList<>();
    long verified = 0;
    long missing = 0;
    long delivered = 0;
    List<Kept> objects =
        sql.list(
            "SELECT id, name, place, key, version FROM kept.object ORDER BY id",
            row ->
                new Kept(
                    row.getInt(1),
                    new ObjectRef(
                        row.getString(2), row.getString(3), row.getString(4), row.getString(5))));
    for (int next = 0; next < objects.size(); next++) {
      if (next % PAGE == 0) {
        expect(objects.subList(next, Math.min(objects.size(), next + PAGE)));
      }
      Kept object = objects.get(next);
      try (InputStream body = open(object.ref())) {
        intake.take(object.ref(), body);
        verified++;
      } catch (BrokenBody e) {
        verified++;
        differences.add(object.ref().key() + ": it is broken now: " + e.detail());
      } catch (IOException e) {
        if (object.ref().place().isEmpty()) {
          delivered++;
        } else {
          missing++;
          listener.complaint(object.ref().key(), "not at hand: " + e.getMessage());
        }
        intake.commit();
        sql.run(
            "INSERT INTO record SELECT * REPLACE (-1 - object AS object) FROM kept.record"
                + " WHERE object = ?",
            object.id());
      }
      listener.passed(object.ref().key(), 0);
    }
    intake.commit();
    compare(sql, differences);
    NotLoaded notLoaded = new NotLoaded(sql, listener);
    for (ObjectSource place : places(sql, more, notLoaded)) {
      notLoaded.look(place);
    }
    return new Outcome(
        verified,
        missing + notLoaded.unlisted(),
        delivered,
        notLoaded.count(),
        notLoaded.findings(),
        differences);
  }

  /** The places that the ledger was loaded from, and more. */
  private List<ObjectSource> places(Sql sql, List<ObjectSource> more, NotLoaded notLoaded)
      throws SQLException {
    Map<String, ObjectSource> all = new LinkedHashMap<>();
    more.forEach(place -> all.put(place.root(), place));
    for (String name :
        sql.list("SELECT name FROM kept.place ORDER BY name", row -> row.getString(1))) {
      if (!all.containsKey(name)) {
        try {
          all.put(name, places.open(name));
        } catch (IOException e) {
          notLoaded.unlisted(name, e);
        }
      }
    }
    return List.copyOf(all.values());
  }

  private record Kept(int id, ObjectRef ref) {}

  private InputStream open(ObjectRef object) throws IOException {
    if (object.place().isEmpty()) {
      throw new IOException("it came by a request, and lies at no place");
    }
    return Bodies.open(source(object.place()), object.key());
  }

  private ObjectSource source(String place) throws IOException {
    ObjectSource source = opened.get(place);
    if (source == null) {
      source = places.open(place);
      opened.put(place, source);
    }
    return source;
  }

  /** Tells each place which of its objects come next. */
  private void expect(List<Kept> page) {
    Map<String, List<PlacedObject>> byPlace = new LinkedHashMap<>();
    for (Kept kept : page) {
      byPlace
          .computeIfAbsent(kept.ref().place(), unknown -> new ArrayList<>())
          .add(new PlacedObject(kept.ref().key(), 0, kept.ref().version()));
    }
    byPlace.remove("");
    for (Map.Entry<String, List<PlacedObject>> entry : byPlace.entrySet()) {
      try {
        source(entry.getKey()).expect(entry.getValue());
      } catch (IOException e) {
        // Said of each of its objects, when it comes to them.
      }
    }
  }

  private static void compare(Sql sql, List<String> differences) throws SQLException {
    differences.addAll(
        sql.list(
            COUNTS.formatted(MOST_DIFFERENCES),
            row ->
                row.getBoolean(2)
                    ? "%s: the ledger says %s; the object makes %s"
                        .formatted(row.getString(1), row.getString(3), row.getString(4))
                    : row.getString(1) + ": its place has another content under this name now"));
    differences.addAll(
        sql.list(
            DIFFERENT_TOTALS.formatted(
                TOTALS.formatted("kept."), TOTALS.formatted(""), MOST_DIFFERENCES),
            row ->
                "%s: meter %s of customer %s: the ledger has %d rows with %s; the object makes %d with %s"
                    .formatted(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getLong(4),
                        row.getString(5),
                        row.getLong(6),
                        row.getString(7))));
  }
}
