package io.meterline.core.event;

import java.io.ByteArrayInputStream;

/** A stream that gives few bytes at a time, as pipes and networks do. */
public final class SmallReads extends ByteArrayInputStream {
  private final int most;

  public SmallReads(byte[] bytes, int most) {
    super(bytes);
    this.most = most;
  }

  @Override
  public synchronized int read(byte[] out, int from, int length) {
    return super.read(out, from, Math.min(length, most));
  }

  @Override
  public synchronized long skip(long count) {
    return super.skip(Math.min(count, most));
  }
}
