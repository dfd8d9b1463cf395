package io.meterline.benchmarks.ledger;

import java.io.IOException;
import java.nio.file.Path;

/** Another store, which is loaded with the same records and asked the same. */
interface Peer extends AutoCloseable {
  String name();

  /** Makes the store anew, without records. */
  void open() throws IOException;

  /** Loads a file of CSV; a record that is there already is left out. */
  void load(Path csv) throws IOException;

  /** How many records it has. */
  long count() throws IOException;

  /** How many milliseconds its own clock says that the question took, each time. */
  double[] ask(Question question, int repeats) throws IOException;

  /** How many bytes it takes on disk. */
  long bytes() throws IOException;

  @Override
  void close() throws IOException;
}
