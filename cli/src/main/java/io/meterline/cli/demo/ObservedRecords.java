package io.meterline.cli.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.meterline.core.Limits;
import io.meterline.core.record.RecordReader;
import io.meterline.core.record.Refusal;
import io.meterline.demo.JsonObject;
import io.meterline.ledger.body.BodyReader;
import io.meterline.ledger.body.BrokenBody;
import io.meterline.ledger.body.RecordVisitor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The right side of the books: what the folders hold. Each file is read once; names are never used
 * again for something else. One thread looks.
 */
final class ObservedRecords {
  private static final Pattern ID = Pattern.compile("\"uniqueId\":\"([^\"\\\\]+)\"");

  private final DemoFolder folder;
  private final BodyReader bodies = new BodyReader(Limits.DEFAULT);
  private final Set<Path> seen = new HashSet<>();
  private final Map<RecordKey, Found> delivered = new HashMap<>();
  private final Set<String> quarantined = new HashSet<>();
  private final Set<EntryKey> entries = new HashSet<>();
  private int objects;

  ObservedRecords(DemoFolder folder) {
    this.folder = folder;
  }

  /** Reads what is new; whether something was. */
  boolean look() throws IOException {
    int before = seen.size();
    walk(folder.bucket(), ".json", this::object);
    walk(folder.quarantine(), ".ndjson", this::quarantine);
    return seen.size() > before;
  }

  /** What the bucket holds. */
  Map<RecordKey, Found> delivered() {
    return delivered;
  }

  /** The ids of records that are in quarantine, without those that rules made. */
  Set<String> quarantined() {
    return quarantined;
  }

  /** What rules have in quarantine. */
  Set<EntryKey> entries() {
    return entries;
  }

  int objects() {
    return objects;
  }

  private void walk(Path root, String suffix, Reading reading) throws IOException {
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            String name = file.getFileName().toString();
            // What is in the writing starts with a dot.
            if (!name.startsWith(".") && name.endsWith(suffix) && seen.add(file)) {
              reading.read(file, attributes.lastModifiedTime().toInstant());
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failure)
              throws IOException {
            if (failure instanceof NoSuchFileException) {
              // Renamed since the folder was listed: it is found under its own name next time.
              return FileVisitResult.CONTINUE;
            }
            throw failure;
          }
        });
  }

  private void object(Path file, Instant stored) throws IOException {
    objects++;
    try (InputStream in = Files.newInputStream(file)) {
      bodies.read(
          in,
          new RecordVisitor<RuntimeException>() {
            @Override
            public void record(RecordReader record, int position) {
              int length = record.to() - record.from();
              String text = new String(record.bytes(), record.from(), length, UTF_8);
              delivered.merge(
                  RecordKey.of(text), new Found(Texts.digest(text), stored, 1, true), Found::and);
            }

            @Override
            public void refused(Refusal why, int position, byte[] bytes, int from, int to) {
              // Then its id is missing in the bucket, and the table says so.
            }
          });
    } catch (BrokenBody e) {
      throw new IOException("%s is broken: %s".formatted(file, e.detail()), e);
    }
  }

  private void quarantine(Path file, Instant stored) throws IOException {
    for (String line : Files.readAllLines(file, UTF_8)) {
      JsonObject members = JsonObject.of(line);
      EntryKey entry =
          new EntryKey(members.text("eventId").orElse(""), members.text("detail").orElse(""));
      if (entry.isOfRule()) {
        // Of the line, which may have a marker's record as well.
        entries.add(entry);
        continue;
      }
      Matcher id = ID.matcher(members.text("message").orElse(""));
      while (id.find()) {
        quarantined.add(id.group(1));
      }
    }
  }

  @FunctionalInterface
  private interface Reading {
    void read(Path file, Instant stored) throws IOException;
  }
}
