package io.meterline.cli;

import io.meterline.core.find.RecordCollector;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Prints what an extraction finds: many records at a time where the input comes quickly, and each
 * that is whole before the input is waited for.
 */
final class RecordPrinter {
  private static final int FULL_BYTES = 64 * 1024;

  private final RecordCollector extraction;
  private final OutputStream out;

  /** Records of steps that are over; a step may take back those that it has found so far. */
  private int settled;

  private int printed;

  RecordPrinter(RecordCollector extraction, OutputStream out) {
    this.extraction = extraction;
    this.out = out;
  }

  /** A step is over. */
  void settle() {
    settled = extraction.records().count();
    if (extraction.records().size() >= FULL_BYTES) {
      printAll();
    }
  }

  /** Prints also what the last step found, which is over or broke. */
  void printAll() {
    settled = extraction.records().count();
    print();
    extraction.clearRecords();
    settled = 0;
    printed = 0;
  }

  /** Prints what steps that are over have found, for a reader who is waiting for it. */
  void show() {
    print();
    try {
      out.flush();
    } catch (IOException e) {
      throw new CannotWrite("standard output", e);
    }
  }

  private void print() {
    try {
      extraction.records().writeLines(out, printed, settled);
    } catch (IOException e) {
      throw new CannotWrite("standard output", e);
    }
    printed = settled;
  }
}
