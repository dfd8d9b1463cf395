package io.meterline.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.meterline.core.Batch;
import io.meterline.core.Delivery;
import io.meterline.core.MeterSink;
import io.meterline.core.UriText;
import io.meterline.core.folder.AtomicFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A sink whose address is stored in the state folder before its first delivery. The checkpoints in
 * that folder apply to this sink only. If every delivery of the first run fails, the address is
 * deleted again, since it may have been wrong.
 */
final class StateDestination implements MeterSink {
  private static final String FILE = "destination";

  private final Path file;
  private final String name;
  private final MeterSink sink;
  private int underWay;
  private boolean isTaken;

  /**
   * @param to the destination's URI; a folder's path is absolute
   * @throws IOException where the state folder is that of another destination
   */
  StateDestination(Path state, String to, MeterSink sink) throws IOException {
    this.file = state.resolve(FILE);
    this.name = UriText.shown(to) + query(to);
    this.sink = sink;
    String kept = kept();
    this.isTaken = !kept.isEmpty();
    if (!kept.isEmpty() && !kept.equals(name)) {
      String wayOut =
          Files.exists(file)
              ? ". If it is the same destination under a new address, delete %s and run again"
                  .formatted(file)
              : "";
      throw new IOException(
          "--state %s has the checkpoints of %s: what was delivered there would not be delivered to %s. Give another --state"
                  .formatted(state, kept, name)
              + wayOut);
    }
  }

  private String kept() throws IOException {
    try {
      return Files.readString(file, UTF_8).strip();
    } catch (NoSuchFileException e) {
      return ownFolder(file.toAbsolutePath().normalize().getParent());
    }
  }

  /** A folder of objects keeps the checkpoints of its own runs in a folder of this name. */
  private static String ownFolder(@Nullable Path state) {
    return state != null && state.endsWith(DeliveryOptions.OWN_STATE) && Files.isDirectory(state)
        ? "dir:" + state.getParent()
        : "";
  }

  /** A checksum of the query, which may contain a secret and so is not stored. */
  private static String query(String uri) {
    int start = uri.startsWith("dir:") ? -1 : uri.indexOf('?');
    if (start < 0) {
      return "";
    }
    CRC32C checksum = new CRC32C();
    checksum.update(uri.substring(start).getBytes(UTF_8));
    return " (query %08x)".formatted(checksum.getValue());
  }

  @Override
  public Delivery deliver(Batch batch) throws IOException {
    begin();
    boolean taken = false;
    try {
      Delivery delivery = sink.deliver(batch);
      taken = true;
      return delivery;
    } finally {
      end(taken);
    }
  }

  private synchronized void begin() throws IOException {
    if (!isTaken && underWay == 0) {
      new AtomicFiles().writeIfAbsent(file, ByteBuffer.wrap((name + "\n").getBytes(UTF_8)));
    }
    underWay++;
  }

  private synchronized void end(boolean taken) throws IOException {
    underWay--;
    isTaken |= taken;
    if (!isTaken && underWay == 0) {
      Files.deleteIfExists(file);
    }
  }
}
