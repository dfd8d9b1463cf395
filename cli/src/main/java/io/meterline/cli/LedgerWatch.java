package io.meterline.cli;

import io.meterline.ledger.Ledger;
import io.meterline.ledger.LoadListener;
import io.meterline.ledger.LoadReport;
import io.meterline.ledger.place.ObjectSource;
import io.meterline.ledger.place.PlacedObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
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
  private final LedgerPlaces places;
  private final String place;
  private final PrintWriter words;
  private final Thread thread = Thread.ofPlatform().name("watch").daemon().unstarted(this::watch);
  private @Nullable ObjectSource opened;
  private List<PlacedObject> seen = List.of();
  private String told = "";

  LedgerWatch(Ledger ledger, LedgerPlaces places, String place, PrintWriter words) {
    this.ledger = ledger;
    this.places = places;
    this.place = place;
    this.words = words;
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

  /** Looks once, and loads where something has changed. What goes wrong is said once. */
  void pass() {
    try {
      ObjectSource source = source();
      List<PlacedObject> now;
      try (Stream<PlacedObject> objects = source.objects();
          Stream<PlacedObject> quarantine = source.quarantine()) {
        now = Stream.concat(objects, quarantine).toList();
      }
      if (now.equals(seen)) {
        return;
      }
      LoadReport report =
          ledger.load(
              source,
              new LoadListener() {
                @Override
                public void complaint(String key, String why) {
                  words.println("meterline: " + key + ": " + why);
                }
              });
      if (report.isComplete()) {
        seen = now;
        told = "";
      }
    } catch (NoSuchFileException e) {
      tell("waits for " + place);
    } catch (IOException | UncheckedIOException e) {
      tell(Complaints.reason(e));
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
