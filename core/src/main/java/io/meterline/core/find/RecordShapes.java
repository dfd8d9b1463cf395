package io.meterline.core.find;

import static java.util.Objects.requireNonNull;

import io.meterline.core.RecordBuffer;
import io.meterline.core.fast.FastPath;
import io.meterline.core.record.ScannedRecord;
import org.jspecify.annotations.Nullable;

/** The templates of the records that were read of late. */
final class RecordShapes {
  /** How many calls of an application, roughly, are told apart. */
  private static final int KEPT = 8;

  /**
   * What making a template costs, in records read by one: where hardly any two records are written
   * alike, none are made any more.
   */
  private static final int PRICE = 16;

  private static final int MOST_CREDIT = KEPT * PRICE;

  private final @Nullable RecordShape[] kept = new @Nullable RecordShape[KEPT];
  private final int maxRecordBytes;
  private int credit = MOST_CREDIT;

  RecordShapes(int maxRecordBytes) {
    this.maxRecordBytes = maxRecordBytes;
  }

  /**
   * Reads the record at {@code from}, which is at least {@code fewestLayers} strings deep, and
   * writes it to {@code target} but for its closing brace.
   *
   * @return where the record ends in the text; {@link RecordShape#OTHER} where it fits none, and
   *     nothing was written
   */
  int read(byte[] text, int from, int to, int fewestLayers, RecordBuffer target) {
    for (int i = 0; i < KEPT; i++) {
      RecordShape template = kept[i];
      if (template == null) {
        return RecordShape.OTHER;
      }
      if (template.layers() >= fewestLayers) {
        int end = template.read(text, from, to, maxRecordBytes, target);
        if (end != RecordShape.OTHER) {
          first(template, i);
          credit = Math.min(MOST_CREDIT, credit + 1);
          return end;
        }
      }
    }
    return RecordShape.OTHER;
  }

  /** The template that the record which was read last fits. */
  RecordShape last() {
    return requireNonNull(kept[0], "no record was read yet");
  }

  /** Keeps the template that the record fits, which the general reader had to read. */
  void learn(ScannedRecord record, int layers) {
    if (!FastPath.SHAPES.isOn()) {
      return;
    }
    // A little of it comes back by itself, since an application may settle down later.
    credit = Math.min(MOST_CREDIT, credit + 1);
    if (credit >= PRICE) {
      credit -= PRICE;
      RecordShape template = ShapeLearner.of(record, layers);
      if (template != null) {
        first(template, KEPT - 1);
      }
    }
  }

  /** Puts it before all others; what is at {@code place} gives way. */
  private void first(RecordShape template, int place) {
    if (place > 0) {
      System.arraycopy(kept, 0, kept, 1, place);
      kept[0] = template;
    }
  }
}
