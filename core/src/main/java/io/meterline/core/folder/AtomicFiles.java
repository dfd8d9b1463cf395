package io.meterline.core.folder;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes files that are there whole or not at all, whenever the process or the machine stops. */
public final class AtomicFiles {
  private static final String TEMPORARY = ".tmp";
  private static final Pattern LEFT_BEHIND = Pattern.compile("\\.(.*)\\.[0-9a-f]+\\" + TEMPORARY);

  /**
   * The JDK copies what it writes out of the heap, into memory that it gets for each such write.
   */
  private static final int WRITTEN_AT_ONCE = 128 * 1024;

  /** By folder and the name of a file, what processes left behind that were killed writing it. */
  private final Map<Path, Map<String, List<Path>>> leftBehind = new ConcurrentHashMap<>();

  /** Writes the file unless it is there; tells whether it was written. */
  public boolean writeIfAbsent(Path file, ByteBuffer content) throws IOException {
    if (Files.isRegularFile(file)) {
      // Whoever wrote it may have been killed before its name was safe.
      force(folderOf(file));
      return false;
    }
    write(file, content);
    return true;
  }

  /** Writes the file, in place of the one that may be there. */
  public void write(Path file, ByteBuffer content) throws IOException {
    Path folder = folderOf(file);
    create(folder);
    sweep(folder, file.getFileName().toString());
    String word = Long.toHexString(ThreadLocalRandom.current().nextLong());
    Path temporary = folder.resolve("." + file.getFileName() + "." + word + TEMPORARY);
    try {
      writeThrough(temporary, content);
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      Files.deleteIfExists(temporary);
      throw e instanceof FileSystemException ? e : named(file, e);
    }
    force(folder);
  }

  /** A channel's exceptions do not say which file it was. */
  private static IOException named(Path file, IOException cause) {
    String reason = "can't be written: " + cause.getMessage();
    IOException named = new FileSystemException(file.toString(), null, reason);
    named.initCause(cause);
    return named;
  }

  private static Path folderOf(Path file) {
    return requireNonNull(file.toAbsolutePath().getParent(), "the root is not a file");
  }

  private static void create(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      return;
    }
    Path parent = folderOf(folder);
    create(parent);
    try {
      Files.createDirectory(folder);
    } catch (FileAlreadyExistsException e) {
      if (!Files.isDirectory(folder)) {
        throw new NotDirectoryException(folder.toString());
      }
    }
    force(parent);
  }

  /** Without this the names in a folder may be gone after a loss of power. */
  private static void force(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static void writeThrough(Path file, ByteBuffer content) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ByteBuffer buffer = content.duplicate();
      while (buffer.hasRemaining()) {
        buffer.limit(Math.min(content.limit(), buffer.position() + WRITTEN_AT_ONCE));
        channel.write(buffer);
        buffer.limit(content.limit());
      }
      channel.force(true);
    }
  }

  /**
   * Clears away what a process left behind that was killed while it wrote this very file. The
   * folder is listed the first time only: it may have many thousands of files.
   */
  private void sweep(Path folder, String name) throws IOException {
    Map<String, List<Path>> byName = leftBehind.get(folder);
    if (byName == null) {
      byName = leftBehindIn(folder);
      leftBehind.put(folder, byName);
    }
    List<Path> left = byName.remove(name);
    if (left != null) {
      for (Path temporary : left) {
        Files.deleteIfExists(temporary);
      }
    }
  }

  private static Map<String, List<Path>> leftBehindIn(Path folder) throws IOException {
    Map<String, List<Path>> byName = new ConcurrentHashMap<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, ".*" + TEMPORARY)) {
      for (Path temporary : all) {
        Matcher name = LEFT_BEHIND.matcher(temporary.getFileName().toString());
        if (name.matches()) {
          byName.computeIfAbsent(name.group(1), any -> new ArrayList<>()).add(temporary);
        }
      }
    }
    return byName;
  }
}
