package io.meterline.core.files;

import io.meterline.core.event.GzipHeader;
import io.meterline.core.input.InputFormat;
import io.meterline.core.input.Sources;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A file that is open: its path may stand for another one meanwhile.
 *
 * @param gzip whether it is compressed
 * @param inflated whether offsets count what the gzip data holds
 * @param stat its metadata when it was opened
 */
record OpenFile(
    Path path, FileChannel channel, Content content, boolean gzip, boolean inflated, Stat stat)
    implements AutoCloseable {

  /** Attempts to open a file that is being replaced. */
  private static final int MOST_TRIES = 10;

  /**
   * Opens a file.
   *
   * @throws IOException if it does not exist, or is replaced during every attempt
   */
  static OpenFile of(Path path, Sources sources, InputFormat form) throws IOException {
    for (int tries = 0; tries < MOST_TRIES; tries++) {
      Stat before = Stat.of(path);
      FileChannel channel = FileChannel.open(path);
      boolean opened = false;
      try {
        if (before.key().equals(Stat.of(path).key())) {
          OpenFile file = of(path, channel, before, sources, form);
          opened = true;
          return file;
        }
      } finally {
        if (!opened) {
          channel.close();
        }
      }
    }
    throw new FileSystemException(
        FileNames.printable(path), null, "is being replaced all the time; run again");
  }

  /** The same file, which may have become longer, with the same channel. */
  OpenFile again(Sources sources, InputFormat form) throws IOException {
    content.close();
    Stat now = new Stat(stat.key(), channel.size(), arrivalMillis());
    return of(path, channel, now, sources, form);
  }

  private static OpenFile of(
      Path path, FileChannel channel, Stat stat, Sources sources, InputFormat form)
      throws IOException {
    byte[] start = FileIdentity.bytes(channel, 0, 2);
    boolean gzip = GzipHeader.isGzip(start, 0, start.length);
    int layers = gzip ? sources.layers(new ChannelStream(channel), form) : 0;
    Content content =
        layers > 0
            ? new InflatedContent(() -> sources.inflated(new ChannelStream(channel), layers))
            : new PlainContent(channel);
    return new OpenFile(path, channel, content, gzip, layers > 0, stat);
  }

  /** The same file under another path. */
  OpenFile as(Path other) {
    return new OpenFile(other, channel, content, gzip, inflated, stat);
  }

  /** Its metadata now; the last that is known if it is not at its path any more. */
  Stat statNow() throws IOException {
    try {
      Stat now = Stat.of(path);
      return now.key().equals(stat.key()) ? now : stat;
    } catch (NoSuchFileException e) {
      return stat;
    }
  }

  /** When the file was changed last. */
  long arrivalMillis() throws IOException {
    return statNow().modifiedMillis();
  }

  @Override
  public void close() throws IOException {
    content.close();
    channel.close();
  }

  /** A file's own bytes. */
  private record PlainContent(FileChannel channel) implements Content {
    @Override
    public byte[] bytes(long at, int length) throws IOException {
      return FileIdentity.bytes(channel, at, length);
    }

    @Override
    public void close() {
      // The channel is closed by whoever opened it.
    }
  }
}
