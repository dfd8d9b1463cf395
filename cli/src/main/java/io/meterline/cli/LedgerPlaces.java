package io.meterline.cli;

import io.meterline.aws.DestinationSettings;
import io.meterline.aws.S3Reader;
import io.meterline.core.UriText;
import io.meterline.ledger.place.Folder;
import io.meterline.ledger.place.ObjectSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * The places of ingest objects that a command line can name.
 *
 * @param environment what keys and settings of buckets are taken from
 */
record LedgerPlaces(Map<String, String> environment) {
  private static final String FOLDER = "dir:";
  private static final String BUCKET = "s3://";

  /**
   * Opens a place.
   *
   * @throws IllegalArgumentException where the text names none, with words for the one who wrote it
   */
  ObjectSource open(String place) throws IOException {
    if (place.startsWith(BUCKET)) {
      return new BucketPlace(S3Reader.of(place, DestinationSettings.of(environment)));
    }
    if (place.contains("://")) {
      throw new IllegalArgumentException(
          "'%s' is not a place to load from: a folder, an object's file or s3://BUCKET/PREFIX is"
              .formatted(UriText.shown(place)));
    }
    return new Folder(Path.of(place.startsWith(FOLDER) ? place.substring(FOLDER.length()) : place));
  }
}
