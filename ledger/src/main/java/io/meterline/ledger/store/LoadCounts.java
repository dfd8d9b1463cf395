package io.meterline.ledger.store;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What has become of an object's records so far. */
public final class LoadCounts {
  /** Each answer is kept, and told in a line of its own. */
  private static final int MOST_ANSWERS = 100_000;

  private final @Nullable SortedMap<Integer, Answer> answers;
  private long records;
  private long rows;
  private long duplicates;
  private long conflicts;
  private long quarantined;
  private String sha256 = "";

  /** What has become of one record: the worst of what became of its rows. */
  public enum Answer {
    STORED,
    DUPLICATE,
    CONFLICT,
    REFUSED
  }

  private LoadCounts(@Nullable SortedMap<Integer, Answer> answers) {
    this.answers = answers;
  }

  static LoadCounts counting() {
    return new LoadCounts(null);
  }

  /** A tally that also keeps an answer for each record: for few of them. */
  static LoadCounts answering() {
    return new LoadCounts(new TreeMap<>());
  }

  /** What has become of each record, by its position; empty where that was not asked for. */
  public SortedMap<Integer, Answer> answers() {
    return answers == null
        ? Collections.emptySortedMap()
        : Collections.unmodifiableSortedMap(answers);
  }

  /** Records read, refused ones with them. */
  public long records() {
    return records;
  }

  /** Rows of the ledger that were new: one a meter, so that a record may make several or none. */
  public long stored() {
    return rows - duplicates - conflicts;
  }

  public long duplicates() {
    return duplicates;
  }

  public long conflicts() {
    return conflicts;
  }

  public long quarantined() {
    return quarantined;
  }

  /** The hash of the object's body; empty until it was read to its end. */
  public String sha256() {
    return sha256;
  }

  void readWhole(String hash) {
    sha256 = hash;
  }

  void countRecord() throws TooManyRecords {
    if (answers != null && records == MOST_ANSWERS) {
      throw new TooManyRecords(MOST_ANSWERS);
    }
    records++;
  }

  void countRows(long more) {
    rows += more;
  }

  /** A value that no row can hold. */
  void countUnfit(int position) {
    rows++;
    conflicts++;
    answer(position, Answer.CONFLICT);
  }

  /** A row that was written, in the state that this left it in. */
  void countWritten(int position, byte state) {
    if (state == RowBuffer.SAME) {
      duplicates++;
      answer(position, Answer.DUPLICATE);
    } else if (state == RowBuffer.DIFFERENT) {
      conflicts++;
      answer(position, Answer.CONFLICT);
    } else {
      answer(position, Answer.STORED);
    }
  }

  void countQuarantined(int position) {
    quarantined++;
    answer(position, Answer.REFUSED);
  }

  private void answer(int position, Answer answer) {
    if (answers != null) {
      answers.merge(position, answer, (a, b) -> a.compareTo(b) > 0 ? a : b);
    }
  }
}
