package io.meterline.core.files;

import static java.util.Objects.requireNonNull;

import io.meterline.core.folder.AtomicFiles;
import io.meterline.core.folder.PrivateFolder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The folder of checkpoints of one sink, one file for each source; one process works in it. */
public final class Checkpoints implements AutoCloseable {
  static final String SUFFIX = ".checkpoint";

  /** An empty file, as old as the first checkpoint of a path. */
  private static final String SINCE = ".since";

  private static final Pattern NAME = Pattern.compile("(\\w+-)(\\d{1,10})\\" + SUFFIX);

  /** At least so many checkpoints of a path are kept. */
  private static final int FORMERS = 400;

  private final Path folder;
  private final FileChannel lockFile;
  private final AtomicFiles files = new AtomicFiles();
  private final Set<Slot> begun = new HashSet<>();

  /** The generations of each path, by the start of their file names. */
  private final Map<String, SortedSet<Integer>> generations = new HashMap<>();

  private @Nullable KnownContents known;

  private Checkpoints(Path folder, FileChannel lockFile) {
    this.folder = folder;
    this.lockFile = lockFile;
  }

  /** Opens the folder, and fails where another process is working in it. */
  public static Checkpoints open(Path folder) throws IOException {
    requireNonNull(folder, "folder is null");
    PrivateFolder.create(folder);
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
    Checkpoints checkpoints = new Checkpoints(folder, channel);
    try {
      checkpoints.list();
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    return checkpoints;
  }

  private void list() throws IOException {
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
      for (Path file : all) {
        Matcher name = NAME.matcher(file.getFileName().toString());
        if (!name.matches()) {
          throw unusable(file, new IOException("its name has no generation"));
        }
        generations(name.group(1)).add(Integer.valueOf(name.group(2)));
      }
    }
  }

  private SortedSet<Integer> generations(String start) {
    return generations.computeIfAbsent(start, any -> new TreeSet<>());
  }

  /** The checkpoints of a path, the oldest first. */
  List<Slot> slots(String path) {
    return generations(Slot.start(path)).stream().map(number -> new Slot(path, number)).toList();
  }

  private static IOException unusable(Path file, IOException e) {
    return new IOException(
        "checkpoint %s can't be used: %s; restore it, or remove it to deliver the file from its start"
            .formatted(file, e.getMessage()),
        e);
  }

  Optional<Checkpoint> read(Slot slot) throws IOException {
    Path file = folder.resolve(slot.fileName());
    try {
      return Optional.of(Checkpoint.parse(Files.readAllBytes(file)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw unusable(file, e);
    }
  }

  void write(Slot slot, Checkpoint checkpoint) throws IOException {
    Path file = folder.resolve(slot.fileName());
    if (generations(Slot.start(slot.path())).add(slot.generation())) {
      begun.add(slot);
      Path since = since(slot.path());
      if (!Files.exists(since)) {
        Files.createFile(since);
      }
    }
    files.write(file, ByteBuffer.wrap(checkpoint.toBytes()));
    if (known != null) {
      known.add(slot, checkpoint);
    }
  }

  private Path since(String path) {
    return folder.resolve(FileIdentity.hash(path.getBytes(StandardCharsets.UTF_8)) + SINCE);
  }

  /**
   * When the path was first delivered from, in epoch milliseconds. Rotated files that were changed
   * later have to be delivered. The largest number if that is not known.
   */
  long firstMillis(String path) throws IOException {
    try {
      return Files.getLastModifiedTime(since(path)).toMillis();
    } catch (NoSuchFileException e) {
      return Long.MAX_VALUE;
    }
  }

  /** Deletes a path's oldest checkpoints, except those of files that still exist. */
  void forget(String path, Set<Slot> there) throws IOException {
    List<Slot> all = slots(path);
    for (Slot slot : all.subList(0, Math.max(0, all.size() - FORMERS))) {
      if (!there.contains(slot)) {
        Files.deleteIfExists(folder.resolve(slot.fileName()));
        generations(Slot.start(path)).remove(slot.generation());
        contents().remove(slot);
      }
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

  /** The checkpoints whose file may start like this content, those of the path first. */
  List<Slot> startingLike(Content content, String path) throws IOException {
    return contents().startingLike(content, path);
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
