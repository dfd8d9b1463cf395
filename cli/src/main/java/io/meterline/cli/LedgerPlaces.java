package io.meterline.cli;

import io.meterline.ledger.place.Folder;
import io.meterline.ledger.place.ObjectSource;
import java.io.IOException;
import java.nio.file.Path;

/** The places of ingest objects that a command line can name. */
final class LedgerPlaces {
  private static final String FOLDER = "dir:";

  private LedgerPlaces() {}

  static ObjectSource open(String place) throws IOException {
    if (place.contains("://")) {
      throw new IOException("'%s' is not a folder, nor a file".formatted(place));
    }
    return new Folder(Path.of(place.startsWith(FOLDER) ? place.substring(4) : place));
  }
}
