package io.meterline.ledger.http;

/**
 * How many bytes all requests together may hold at a time. What is small is free: it is bounded by
 * the number of connections.
 */
final class ByteBudget {
  /** So much of each body and answer is not counted. */
  static final int FREE_BYTES = 16 * 1024;

  private final long most;
  private long held;

  ByteBudget(long most) {
    this.most = most;
  }

  /** A part of the memory that this process may use, and room for one of the greatest. */
  static ByteBudget ofHeap(int part, int greatest) {
    return new ByteBudget(Math.max(greatest, Runtime.getRuntime().maxMemory() / part));
  }

  /** What one request holds. */
  final class Share implements AutoCloseable {
    private long mine;

    /** Raises the amount held to {@code bytes}; false where there is no room for it now. */
    boolean raiseTo(long bytes) {
      synchronized (ByteBudget.this) {
        long more = bytes - FREE_BYTES - mine;
        if (more <= 0) {
          return true;
        }
        if (held + more > most) {
          return false;
        }
        held += more;
        mine += more;
        return true;
      }
    }

    @Override
    public void close() {
      synchronized (ByteBudget.this) {
        held -= mine;
        mine = 0;
      }
    }
  }

  Share share() {
    return new Share();
  }

  synchronized long held() {
    return held;
  }
}
