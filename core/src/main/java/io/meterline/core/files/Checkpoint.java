package io.meterline.core.files;

import static java.util.Objects.requireNonNull;

import io.meterline.core.PartLimits;
import java.io.IOException;
import java.util.List;

/**
 * How far a file was delivered, and the cuts that are being delivered now.
 *
 * <p>A cut is written down before it is delivered. After a crash the same stretch is cut again,
 * with the same bounds, so that its objects have the names of those that may be there already,
 * however much the file has grown or the options have changed.
 *
 * @param identity the file as batches name it
 * @param delivered every byte before this offset needs not be read again
 * @param cuts one after the other, the first from {@code delivered} on
 * @param trace what identifies the file after it was renamed, copied or changed
 */
record Checkpoint(FileIdentity identity, long delivered, List<Cut> cuts, Trace trace) {
  /**
   * A stretch that is being delivered.
   *
   * @param to the offset at which it ends
   * @param arrivalMillis the date of its objects, where none of its lines has a time
   */
  record Cut(long to, long arrivalMillis, PartLimits limits) {}

  Checkpoint {
    requireNonNull(identity, "identity is null");
    cuts = List.copyOf(cuts);
  }

  /** Delivered up to there, and nothing on its way. */
  Checkpoint(FileIdentity identity, long delivered) {
    this(identity, delivered, List.of(), Trace.NEW);
  }

  /** The same file, delivered up to there, and nothing on its way. */
  Checkpoint deliveredTo(long offset) {
    return new Checkpoint(identity, offset, List.of(), trace);
  }

  /** The same, as another source. */
  Checkpoint with(FileIdentity other) {
    return new Checkpoint(other, delivered, cuts, trace);
  }

  /** The same, with what is known of the file now. */
  Checkpoint with(Trace newer) {
    return new Checkpoint(identity, delivered, cuts, newer);
  }

  /** The same, and these cuts on their way. */
  Checkpoint with(List<Cut> next) {
    return new Checkpoint(identity, delivered, next, next.isEmpty() ? trace : trace.yielding());
  }

  byte[] toBytes() {
    return CheckpointText.of(this);
  }

  static Checkpoint parse(byte[] bytes) throws IOException {
    return CheckpointText.parse(bytes);
  }

  /** The end of what was delivered, or will be by the run that resumes from here. */
  long reached() {
    return cuts.isEmpty() ? delivered : cuts.getLast().to();
  }

  /** The first bytes of what the offsets count. */
  Trace.Edge head() {
    return trace.inside().isNone()
        ? new Trace.Edge(identity.headBytes(), identity.headHash())
        : trace.inside();
  }

  /** Whether the content begins with everything that was read of this checkpoint's file. */
  boolean isStartOf(Content content) throws IOException {
    return head().isHeadOf(content)
        && trace.tail().isTailOf(content)
        && trace.fingerprint().firstDifference(content) < 0;
  }

  /** Whether nothing was found with the last settings, and they changed. */
  boolean isToBeReadAgain(Settings now) {
    return !trace.yielded() && cuts.isEmpty() && !trace.settings().reading().equals(now.reading());
  }

  /** Whether a file was delivered to its end and has not changed, as its metadata says. */
  boolean isAllOf(Stat file) {
    return cuts.isEmpty() && !file.key().isEmpty() && trace.seen().equals(file);
  }

  /** Whether this is still the file, perhaps grown. */
  boolean stillHolds(OpenFile file) throws IOException {
    if (!file.inflated()) {
      return isStartOf(file.content());
    }
    if (trace.inside().isNone()) {
      // The file was not compressed when it was delivered.
      return identity.stillHolds(file.channel());
    }
    return isUnchanged(file) || isStartOf(file.content());
  }

  /** Whether a compressed file was delivered to its end, and is as it was then. */
  boolean isAllOf(OpenFile file) throws IOException {
    return file.inflated()
        && cuts.isEmpty()
        && isUnchanged(file)
        && file.channel().size() == trace.raw().bytes();
  }

  /** Whether a compressed file is as it was when all of it was delivered, or has more after. */
  private boolean isUnchanged(OpenFile file) throws IOException {
    return !trace.raw().isNone()
        && identity.stillHolds(file.channel())
        && trace.raw().isStillIn(file.channel());
  }
}
