package io.meterline.core.files;

import io.meterline.core.event.GzipHeader;
import io.meterline.core.input.InputForm;
import io.meterline.core.input.Sources;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A file that is open: its path may stand for another one meanwhile.
 *
 * @param gzip whether it is compressed
 * @param inflated whether offsets count what the gzip data holds
 * @param modifiedMillis when it was changed last, as far as that was known when it was opened
 */
record OpenFile(
    Path path,
    FileChannel channel,
    Content content,
    boolean gzip,
    boolean inflated,
    long modifiedMillis)
    implements AutoCloseable {

  static OpenFile of(Path path, Sources sources, InputForm form) throws IOException {
    FileChannel channel = FileChannel.open(path);
    try {
      return of(path, channel, sources, form);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /** The file of a channel, which {@link #close} closes. */
  private static OpenFile of(Path path, FileChannel channel, Sources sources, InputForm form)
      throws IOException {
    return of(path, channel, Files.getLastModifiedTime(path).toMillis(), sources, form);
  }

  /** The same file, which may have become longer, with the same channel. */
  OpenFile again(Sources sources, InputForm form) throws IOException {
    content.close();
    return of(path, channel, arrivalMillis(), sources, form);
  }

  private static OpenFile of(
      Path path, FileChannel channel, long modified, Sources sources, InputForm form)
      throws IOException {
    byte[] start = FileIdentity.bytes(channel, 0, 2);
    boolean gzip = GzipHeader.isGzip(start, 0, start.length);
    int layers = gzip ? sources.layers(new ChannelStream(channel), form) : 0;
    Content content =
        layers > 0
            ? new InflatedContent(() -> sources.inflated(new ChannelStream(channel), layers))
            : new PlainContent(channel);
    return new OpenFile(path, channel, content, gzip, layers > 0, modified);
  }

  /** When the file was changed last. */
  long arrivalMillis() throws IOException {
    try {
      return Files.getLastModifiedTime(path).toMillis();
    } catch (NoSuchFileException e) {
      return modifiedMillis;
    }
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
