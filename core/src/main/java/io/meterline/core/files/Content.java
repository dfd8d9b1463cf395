package io.meterline.core.files;

import java.io.IOException;

/** The bytes that a file's offsets count: its own, or those that its gzip data holds. */
interface Content extends AutoCloseable {
  /** The bytes from {@code at} on; fewer than {@code length} only where the content ends. */
  byte[] bytes(long at, int length) throws IOException;

  @Override
  void close() throws IOException;
}
