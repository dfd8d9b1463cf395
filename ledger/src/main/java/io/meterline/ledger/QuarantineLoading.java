package io.meterline.ledger;

import io.meterline.ledger.body.QuarantineReader;
import io.meterline.ledger.body.UndeliveredEntry;
import io.meterline.ledger.place.ObjectSource;
import io.meterline.ledger.place.PlacedObject;
import io.meterline.ledger.store.LedgerFile;
import io.meterline.ledger.store.ObjectRef;
import io.meterline.ledger.store.Sql;
import io.meterline.ledger.store.Undelivered;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** One pass over the quarantine objects of a place: what became of them is shown, never counted. */
final class QuarantineLoading {
  /** Objects whose names are looked up at once, and entries that are written at once. */
  private static final int PAGE = 1000;

  /** Of an object's entries, as many have their text; of the others it is only counted. */
  private static final int MOST_TEXTS = 10_000;

  private final WriterTurns turns;
  private final InstantSource clock;
  private final ObjectSource source;
  private final LoadListener listener;
  private final QuarantineReader reader = new QuarantineReader();
  private long entries;
  private long failed;

  QuarantineLoading(
      WriterTurns turns, InstantSource clock, ObjectSource source, LoadListener listener) {
    this.turns = turns;
    this.clock = clock;
    this.source = source;
    this.listener = listener;
  }

  /** Entries that were found now. */
  long entries() {
    return entries;
  }

  /** Objects that could not be read this time. */
  long failed() {
    return failed;
  }

  /** Notes the place as one that was loaded from, and reads its quarantine. */
  void load() throws SQLException, IOException {
    turns.run(opened -> Undelivered.notePlace(writer(opened), source.root()));
    try (Stream<PlacedObject> objects = source.quarantine()) {
      Iterator<PlacedObject> all = objects.iterator();
      List<ObjectRef> page = new ArrayList<>();
      while (all.hasNext()) {
        page.add(Loading.ref(source, all.next()));
        if (page.size() == PAGE || !all.hasNext()) {
          load(page);
          page.clear();
        }
      }
    } catch (IOException | UncheckedIOException e) {
      listener.complaint("quarantine/", "can't be listed: " + e.getMessage());
    }
  }

  private static Sql writer(LedgerFile.Opened opened) throws SQLException {
    opened.intake().await();
    return opened.database().writer();
  }

  private void load(List<ObjectRef> page) throws SQLException, IOException {
    int[] next = {0};
    while (next[0] < page.size()) {
      turns.run(
          opened -> {
            Undelivered undelivered = new Undelivered(writer(opened));
            Map<String, String> versions = undelivered.versions(page);
            do {
              load(undelivered, page.get(next[0]++), versions);
            } while (next[0] < page.size() && !turns.isOver());
          });
    }
  }

  private void load(Undelivered undelivered, ObjectRef object, Map<String, String> versions)
      throws SQLException {
    // A batch names its object: a copy of it holds the same.
    boolean isCopy = !object.isNamedByPlace() && versions.containsKey(object.name());
    if (!isCopy && !Undelivered.isRead(object, versions)) {
      read(undelivered, object);
    }
  }

  private void read(Undelivered undelivered, ObjectRef object) throws SQLException {
    undelivered.start(object, clock.millis());
    long before = entries;
    try (InputStream body = Bodies.open(source, object.key())) {
      List<UndeliveredEntry> found = new ArrayList<>();
      reader.read(
          body,
          entry -> {
            found.add(entry.position() < MOST_TEXTS ? entry : entry.withoutText());
            entries++;
            if (found.size() == PAGE) {
              add(undelivered, object, found);
            }
          });
      add(undelivered, object, found);
      undelivered.commit();
    } catch (FailedWrite e) {
      rollBack(undelivered, e.failure());
      throw e.failure();
    } catch (IOException e) {
      undelivered.rollback();
      entries = before;
      failed++;
      listener.complaint(object.key(), "can't be read: " + Loading.reason(e));
    } catch (SQLException e) {
      rollBack(undelivered, e);
      throw e;
    }
  }

  /** With a full disk, the way back may fail as well. */
  private static void rollBack(Undelivered undelivered, SQLException failure) {
    try {
      undelivered.rollback();
    } catch (SQLException e) {
      failure.addSuppressed(e);
    }
  }

  private static void add(Undelivered undelivered, ObjectRef object, List<UndeliveredEntry> found)
      throws FailedWrite {
    try {
      undelivered.add(object, found);
      found.clear();
    } catch (SQLException e) {
      throw new FailedWrite(e);
    }
  }

  /** Carries a failure of the ledger's file out through the reading of an object. */
  private static final class FailedWrite extends IOException {
    private static final long serialVersionUID = 1;

    private final transient SQLException failure;

    FailedWrite(SQLException failure) {
      super(failure);
      this.failure = failure;
    }

    SQLException failure() {
      return failure;
    }
  }
}
