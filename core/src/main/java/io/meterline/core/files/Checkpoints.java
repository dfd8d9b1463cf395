package io.meterline.core.files;

import static java.util.Objects.requireNonNull;

import io.meterline.core.folder.AtomicFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The folder of checkpoints of one sink, one file for each source; one process works in it. */
public final class Checkpoints implements AutoCloseable {
  static final String SUFFIX = ".checkpoint";

  /** An empty file, as old as the first checkpoint of a path. */
  private static final String SINCE = ".since";

  /** How many files that were rotated away are known for a path. */
  private static final int FORMERS = 400;

  private final Path folder;
  private final FileChannel lockFile;
  private final AtomicFiles files = new AtomicFiles();
  private final Set<Slot> begun = new HashSet<>();
  private @Nullable KnownContents known;

  private Checkpoints(Path folder, FileChannel lockFile) {
    this.folder = folder;
    this.lockFile = lockFile;
  }

  /** Opens the folder, and fails where another process is working in it. */
  public static Checkpoints open(Path folder) throws IOException {
    requireNonNull(folder, "folder is null");
    Files.createDirectories(folder);
    FileChannel channel =
        FileChannel.open(
            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    boolean locked = false;
    try {
      FileLock lock = channel.tryLock();
      locked = lock != null;
    } catch (OverlappingFileLockException e) {
      // Another run in this very process holds it.
    } finally {
      if (!locked) {
        channel.close();
      }
    }
    if (!locked) {
      throw new IOException(folder + ": another run is delivering from here; wait until it ends");
    }
    return new Checkpoints(folder, channel);
  }

  Optional<Checkpoint> read(Slot slot) throws IOException {
    Path file = folder.resolve(slot.fileName());
    try {
      return Optional.of(Checkpoint.parse(Files.readAllBytes(file)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new IOException(
          "checkpoint %s can't be used: %s; restore it, or remove it to deliver the file from its start"
              .formatted(file, e.getMessage()),
          e);
    }
  }

  void write(Slot slot, Checkpoint checkpoint) throws IOException {
    Path file = folder.resolve(slot.fileName());
    if (slot.isNewest() && !Files.exists(file)) {
      begun.add(slot);
      Path since = since(slot);
      if (!Files.exists(since)) {
        Files.createFile(since);
      }
    }
    files.write(file, ByteBuffer.wrap(checkpoint.toBytes()));
    if (known != null) {
      known.add(slot, checkpoint);
    }
  }

  private Path since(Slot slot) {
    return folder.resolve(slot.newest().fileName().replace(SUFFIX, SINCE));
  }

  /**
   * When the path was first delivered from, in epoch milliseconds: each file that it was since then
   * was delivered, or is to be. The largest number where an earlier version kept no record of it.
   */
  long firstMillis(Slot slot) throws IOException {
    try {
      return Files.getLastModifiedTime(since(slot)).toMillis();
    } catch (NoSuchFileException e) {
      return Long.MAX_VALUE;
    }
  }

  /** Keeps the checkpoint of a file that was rotated away, and forgets one of long ago. */
  void retire(Slot newest, Checkpoint checkpoint) throws IOException {
    int generation = checkpoint.identity().generation();
    write(newest.former(generation), checkpoint);
    Slot forgotten = newest.former(generation - FORMERS);
    if (generation >= FORMERS && Files.deleteIfExists(folder.resolve(forgotten.fileName()))) {
      contents().remove(forgotten);
    }
  }

  /** Whether the file was not known before this round. */
  boolean isBegun(Slot slot) {
    return begun.contains(slot);
  }

  /** From here on, all files that have a checkpoint were known before. */
  void startRound() {
    begun.clear();
  }

  /** Those whose file may start as this content does. */
  List<Slot> startingLike(Content content) throws IOException {
    return contents().startingLike(content);
  }

  private KnownContents contents() throws IOException {
    KnownContents read = known;
    if (read == null) {
      read = KnownContents.in(folder);
      known = read;
    }
    return read;
  }

  @Override
  public void close() throws IOException {
    lockFile.close();
  }
}
