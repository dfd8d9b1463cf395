package io.meterline.benchmarks.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.meterline.aws.DestinationSettings;
import io.meterline.aws.S3ObjectStream;
import io.meterline.aws.S3Reader;
import io.meterline.benchmarks.extraction.EventShape;
import io.meterline.benchmarks.extraction.SampleEvent;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Looks for the record of each line in the bucket. */
final class BucketCheck {
  private static final Pattern ID = Pattern.compile("\"uniqueId\":\"([^\"]+)\"");

  private BucketCheck() {}

  /**
   * How many records there are below the URI.
   *
   * @throws IOException if it is not each record of the first {@code lines} lines, once
   */
  static int records(String uri, DestinationSettings settings, EventShape shape, int lines)
      throws IOException {
    Set<String> stored = stored(uri, settings);
    int found = stored.size();
    // The same shape gives the same lines again, so none of them had to be kept.
    SampleEvent again = new SampleEvent(shape);
    for (int i = 0; i < lines; i++) {
      Matcher id = ID.matcher(again.line());
      if (id.find() && !stored.remove(id.group(1))) {
        throw new IOException("record %s is not in the bucket".formatted(id.group(1)));
      }
    }
    if (!stored.isEmpty()) {
      throw new IOException(stored.size() + " records are in the bucket that nobody logged");
    }
    return found;
  }

  private static Set<String> stored(String uri, DestinationSettings settings) throws IOException {
    Set<String> ids = new HashSet<>();
    S3Reader reader = S3Reader.of(uri, settings);
    S3Reader.Listing objects = reader.list();
    while (objects.hasNext()) {
      String key = objects.next().key();
      try (S3ObjectStream object = reader.open(key)) {
        Matcher id = ID.matcher(new String(object.readAllBytes(), UTF_8));
        while (id.find()) {
          if (!ids.add(id.group(1))) {
            throw new IOException("record %s is in the bucket twice".formatted(id.group(1)));
          }
        }
      }
    }
    return ids;
  }
}
