package io.meterline.pipeline;

import static java.util.Objects.requireNonNull;

import io.meterline.folder.AtomicFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** The folder of checkpoints of one sink, one file for each source; one process works in it. */
public final class Checkpoints implements AutoCloseable {
  private final Path folder;
  private final FileChannel lockFile;
  private final AtomicFiles files = new AtomicFiles();

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

  Optional<Checkpoint> read(Path source) throws IOException {
    Path file = file(source);
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

  void write(Path source, Checkpoint checkpoint) throws IOException {
    files.write(file(source), ByteBuffer.wrap(checkpoint.toBytes()));
  }

  private Path file(Path source) {
    byte[] path = FileIdentity.path(source).getBytes(StandardCharsets.UTF_8);
    return folder.resolve(FileIdentity.hash(path) + ".checkpoint");
  }

  @Override
  public void close() throws IOException {
    lockFile.close();
  }
}
