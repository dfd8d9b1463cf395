package io.meterline.ledger;

import io.meterline.core.Reason;
import io.meterline.core.record.Refusal;
import io.meterline.ledger.body.BrokenBody;
import io.meterline.ledger.place.ObjectSource;
import io.meterline.ledger.place.PlacedObject;
import io.meterline.ledger.store.LedgerFile;
import io.meterline.ledger.store.LedgerWriter;
import io.meterline.ledger.store.LoadCounts;
import io.meterline.ledger.store.LoadedObjects.Known;
import io.meterline.ledger.store.ObjectRef;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipException;

/** One pass over the objects of a place. */
final class Loading {
  /** Objects whose names are looked up at once. */
  private static final int PAGE = 1000;

  private final WriterTurns turns;
  private final QuarantineLoading quarantine;
  private final ObjectSource source;
  private final LoadListener listener;
  private final List<LoadCounts> tallies = new ArrayList<>();
  private long alreadyThere;
  private long broken;
  private long failed;

  Loading(
      WriterTurns turns, QuarantineLoading quarantine, ObjectSource source, LoadListener listener) {
    this.turns = turns;
    this.quarantine = quarantine;
    this.source = source;
    this.listener = listener;
  }

  LoadReport load() throws IOException, SQLException {
    try (Stream<PlacedObject> objects = source.objects(this::unreadable)) {
      Iterator<PlacedObject> all = objects.iterator();
      List<PlacedObject> page = new ArrayList<>();
      while (all.hasNext()) {
        page.add(all.next());
        if (page.size() == PAGE || !all.hasNext()) {
          load(page);
          page.clear();
        }
      }
    } catch (UncheckedIOException e) {
      // The listing broke off: what was loaded by then stays.
      turns.run(Loading::commit);
      throw e.getCause();
    }
    turns.run(Loading::commit);
    quarantine.load();
    return report();
  }

  private static void commit(LedgerFile.Opened opened) throws SQLException {
    opened.intake().commit();
  }

  private void load(List<PlacedObject> page) throws SQLException, IOException {
    int[] next = {0};
    while (next[0] < page.size()) {
      turns.run(
          opened -> {
            LedgerWriter intake = opened.intake();
            List<PlacedObject> rest = page.subList(next[0], page.size());
            // Others may have written since the last turn.
            Map<String, Known> known = intake.known(rest.stream().map(this::ref).toList());
            if (next[0] == 0) {
              source.expect(rest.stream().filter(object -> isToBeRead(object, known)).toList());
            }
            do {
              load(intake, page.get(next[0]++), known);
            } while (next[0] < page.size() && !turns.isOver());
          });
    }
  }

  private void load(LedgerWriter intake, PlacedObject object, Map<String, Known> known)
      throws SQLException {
    ObjectRef ref = ref(object);
    Known before = known.get(ref.name());
    try {
      if (before != null && before.isAside(ref)) {
        broken++;
      } else if (before == null || before.isBroken()) {
        known.put(ref.name(), Known.loadedNow(ref, take(intake, object, ref)));
      } else {
        compare(intake, object, ref, before);
      }
    } catch (BrokenBody e) {
      broken++;
      known.putIfAbsent(ref.name(), Known.asideNow(ref));
      // A log that grows beside the objects is read again each time, and named once.
      if (before == null || !before.isForeign() || !e.detail().equals(LedgerWriter.FOREIGN)) {
        listener.complaint(object.key(), e.reason().word() + ": " + e.detail());
      }
    } catch (IOException e) {
      failed++;
      listener.unreadable(object, "can't be read: " + reason(e));
    }
    listener.passed(object.key(), object.bytes());
  }

  private void unreadable(String key, IOException why) {
    failed++;
    listener.unreadable(new PlacedObject(key, 0, ""), "can't be read: " + reason(why));
  }

  /** The JDK's exceptions name the file and leave the reason to their type. */
  static String reason(IOException failure) {
    return switch (failure) {
      case AccessDeniedException _ -> "permission denied";
      case NoSuchFileException _ -> "it is gone";
      case FileSystemException file when file.getReason() != null -> file.getReason();
      case FileSystemException file -> file.getClass().getSimpleName();
      default -> String.valueOf(failure.getMessage());
    };
  }

  private boolean isToBeRead(PlacedObject object, Map<String, Known> known) {
    ObjectRef ref = ref(object);
    Known before = known.get(ref.name());
    return before == null || !(before.isAside(ref) || before.isUnchanged(ref));
  }

  private LoadCounts take(LedgerWriter intake, PlacedObject object, ObjectRef ref)
      throws SQLException, IOException, BrokenBody {
    try (InputStream body = Bodies.open(source, object.key())) {
      LoadCounts tally = intake.take(ref, body);
      tallies.add(tally);
      return tally;
    } catch (ZipException | EOFException e) {
      throw undecodable(intake, ref, e);
    }
  }

  private static BrokenBody undecodable(LedgerWriter intake, ObjectRef ref, IOException failure) {
    BrokenBody body = new BrokenBody(Reason.UNDECODABLE_PAYLOAD, "gzip: " + failure.getMessage());
    intake.quarantine(ref, new Refusal(body.reason(), body.detail()), "");
    return body;
  }

  /** A name that is known must stand for the same content. */
  private void compare(LedgerWriter intake, PlacedObject object, ObjectRef ref, Known before)
      throws IOException, BrokenBody {
    if (before.isUnchanged(ref)) {
      alreadyThere++;
      return;
    }
    try (InputStream body = Bodies.open(source, object.key())) {
      if (Bodies.sha256(body).equals(before.sha256())) {
        alreadyThere++;
        return;
      }
    } catch (ZipException | EOFException e) {
      throw undecodable(intake, ref, e);
    }
    BrokenBody other =
        new BrokenBody(Reason.REFUSED, "the ledger has another content under this name");
    intake.quarantine(ref, new Refusal(other.reason(), other.detail()), "");
    throw other;
  }

  private ObjectRef ref(PlacedObject object) {
    return ref(source, object);
  }

  /** What the object of the place is known by. */
  static ObjectRef ref(ObjectSource source, PlacedObject object) {
    // Other layouts may use a key again at another place, for something else.
    String name = object.contractName().orElse(ObjectRef.placeName(source.place(), object.key()));
    return new ObjectRef(name, source.place(), object.key(), object.version());
  }

  private LoadReport report() {
    long[] sums = new long[5];
    for (LoadCounts tally : tallies) {
      sums[0] += tally.records();
      sums[1] += tally.stored();
      sums[2] += tally.duplicates();
      sums[3] += tally.conflicts();
      sums[4] += tally.quarantined();
    }
    return new LoadReport(
        tallies.size(),
        alreadyThere,
        broken,
        failed + quarantine.failed(),
        sums[0],
        sums[1],
        sums[2],
        sums[3],
        sums[4],
        quarantine.entries());
  }
}
