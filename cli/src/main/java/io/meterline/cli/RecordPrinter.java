package io.meterline.cli;

import io.meterline.core.find.Findings;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Prints what an extraction finds: many records at a time where the input comes quickly, and each
 * that is whole before the input is waited for.
 */
final class RecordPrinter {
  private static final int FULL_BYTES = 64 * 1024;

  private final Findings findings;
  private final OutputStream out;

  /** Records of steps that are over; a step may take back those that it has found so far. */
  private int settled;

  private int printed;

  RecordPrinter(Findings findings, OutputStream out) {
    this.findings = findings;
    this.out = out;
  }

  /** A step is over. */
  void settle() throws CannotWrite {
    settled = findings.records().count();
    if (findings.records().size() >= FULL_BYTES) {
      printAll();
    }
  }

  /** Prints also what the last step found, which is over or broke. */
  void printAll() throws CannotWrite {
    settled = findings.records().count();
    print();
    findings.clearRecords();
    settled = 0;
    printed = 0;
  }

  /** Prints what steps that are over have found, for a reader who is waiting for it. */
  void show() throws CannotWrite {
    print();
    try {
      out.flush();
    } catch (IOException e) {
      throw new CannotWrite("standard output", e);
    }
  }

  private void print() throws CannotWrite {
    try {
      findings.records().writeLines(out, printed, settled);
    } catch (IOException e) {
      throw new CannotWrite("standard output", e);
    }
    printed = settled;
  }
}
