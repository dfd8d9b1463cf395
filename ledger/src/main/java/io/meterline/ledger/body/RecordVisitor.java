package io.meterline.ledger.body;

import io.meterline.core.record.RecordReader;
import io.meterline.core.record.Refusal;
import java.io.IOException;

/**
 * Is shown a body's records one by one. Positions count from 0, refused records with them.
 *
 * @param <E> what it throws besides {@link IOException}
 */
public interface RecordVisitor<E extends Exception> {
  /** A record that keeps the contract; what the reader tells holds until this returns. */
  void record(RecordReader record, int position) throws IOException, E;

  /** A record that can't be taken, with its bytes as far as they could be read. */
  void refused(Refusal why, int position, byte[] bytes, int from, int to) throws IOException, E;
}
