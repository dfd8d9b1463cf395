package io.meterline.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.meterline.core.Digests;
import io.meterline.ledger.Ledger;
import io.meterline.ledger.LedgerCheck;
import io.meterline.ledger.place.ObjectSource;
import io.meterline.ledger.place.PlacedObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Loads what a place of ingest objects gets, again and again. */
final class LedgerWatch implements AutoCloseable {
  /** A bucket is listed for money, a folder for nothing. */
  private static final Duration BUCKET_PAUSE = Duration.ofSeconds(10);

  private static final Duration FOLDER_PAUSE = Duration.ofMillis(300);

  /** A place that takes long to list is listed for a tenth of the time. */
  private static final int PAUSE_TO_PASS = 9;

  private final Ledger ledger;
  private final LedgerCheck.Places places;
  private final String place;
  private final PrintWriter words;
  private final Thread thread = Thread.ofPlatform().name("watch").daemon().unstarted(this::watch);
  private @Nullable ObjectSource opened;
  private String seen = "";
  private WatchReport last;
  private String told = "";

  LedgerWatch(Ledger ledger, LedgerCheck.Places places, String place, PrintWriter words) {
    this.ledger = ledger;
    this.places = places;
    this.place = place;
    this.words = words;
    this.last = new WatchReport(words, null);
  }

  void start() {
    thread.start();
  }

  private void watch() {
    Duration least = place.contains("://") ? BUCKET_PAUSE : FOLDER_PAUSE;
    while (!Thread.currentThread().isInterrupted()) {
      long start = System.nanoTime();
      pass();
      Duration pause = Duration.ofNanos(System.nanoTime() - start).multipliedBy(PAUSE_TO_PASS);
      try {
        Thread.sleep(pause.compareTo(least) > 0 ? pause : least);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Looks once, and loads where something has changed. What goes wrong is reported once. */
  void pass() {
    WatchReport report = new WatchReport(words, last);
    boolean isWhole = false;
    try {
      ObjectSource source = source();
      String now = fingerprint(source, report);
      if (!now.equals(seen)) {
        ledger.load(source, report);
      } else if (last.hasUnread()) {
        ledger.load(new Listed(source, last.unread()), report);
      }
      report.end();
      seen = report.isTooLong() ? "" : now;
      told = "";
      isWhole = true;
    } catch (NoSuchFileException e) {
      tell("waits for " + place);
    } catch (IOException | UncheckedIOException e) {
      tell(Complaints.reason(e));
    } catch (RuntimeException | Error e) {
      // Whatever it is: loading goes on with the next pass.
      tell(place + ": " + e);
    } finally {
      if (!isWhole) {
        report.endEarly();
      }
      last = report;
    }
  }

  /** A hash of the listing: a place may have millions of objects. */
  private static String fingerprint(ObjectSource source, WatchReport report) throws IOException {
    MessageDigest digest = Digests.sha256();
    try (Stream<PlacedObject> objects =
            source.objects(
                (key, why) -> {
                  report.unreadable(
                      new PlacedObject(key, 0, ""),
                      "can't be read: " + Complaints.reasonAlone(why));
                  digest.update(key.getBytes(UTF_8));
                });
        Stream<PlacedObject> quarantine = source.quarantine()) {
      Stream.concat(objects, quarantine)
          .forEach(
              object ->
                  digest.update(
                      "%s %d %s\n"
                          .formatted(object.key(), object.bytes(), object.version())
                          .getBytes(UTF_8)));
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Some objects of a place. */
  private record Listed(ObjectSource real, List<PlacedObject> listed) implements ObjectSource {
    @Override
    public String place() {
      return real.place();
    }

    @Override
    public String root() {
      return real.root();
    }

    @Override
    public Stream<PlacedObject> objects() {
      return listed.stream();
    }

    @Override
    public void expect(List<PlacedObject> objects) {
      real.expect(objects);
    }

    @Override
    public InputStream open(String key) throws IOException {
      return real.open(key);
    }
  }

  /** A bucket's connections are kept from one pass to the next. */
  private ObjectSource source() throws IOException {
    ObjectSource source = opened == null ? places.open(place) : opened;
    opened = source;
    return source;
  }

  private void tell(String what) {
    if (!what.equals(told)) {
      words.println("meterline: " + what);
      told = what;
    }
  }

  /** Ends it; an object that is being loaded is loaded to its end. */
  @Override
  public void close() {
    thread.interrupt();
  }
}
