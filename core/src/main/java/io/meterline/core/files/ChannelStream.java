package io.meterline.core.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** A file's bytes from its start; the channel stays open, and its own position as it is. */
final class ChannelStream extends InputStream {
  private final FileChannel file;
  private long position;

  ChannelStream(FileChannel file) {
    this.file = file;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] bytes, int from, int length) throws IOException {
    int read = file.read(ByteBuffer.wrap(bytes, from, length), position);
    position += Math.max(read, 0);
    return read;
  }
}
