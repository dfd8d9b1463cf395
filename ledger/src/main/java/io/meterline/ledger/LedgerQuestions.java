package io.meterline.ledger;

import io.meterline.ledger.usage.MeterDefinition;
import io.meterline.ledger.usage.Usage;
import io.meterline.ledger.usage.UsageLimits;
import io.meterline.ledger.usage.UsageQuery;
import java.io.IOException;
import java.util.List;

/** What programs ask of a ledger: its file answers, or the server that has the file open. */
public interface LedgerQuestions extends AutoCloseable {
  /**
   * Answers a question about usage.
   *
   * @throws io.meterline.ledger.usage.BadQuery where it can't be answered as it was put
   */
  Usage usage(UsageQuery query, UsageLimits limits) throws IOException;

  /** All meters that were seen or defined, by name. */
  List<MeterDefinition> meters() throws IOException;

  /**
   * Says what meters mean, in place of what was said of them before.
   *
   * @return a sentence for each definition over a dimension that no record of the meter has: it may
   *     come later, or its name is mistyped
   */
  List<String> define(List<MeterDefinition> definitions) throws IOException;

  /** How much there is. */
  LedgerStatus status() throws IOException;

  /** How long the ledger's file is. */
  long bytes() throws IOException;

  @Override
  void close() throws IOException;
}
