package io.meterline.core.record;

import io.meterline.core.json.JsonCursor;
import org.jspecify.annotations.Nullable;

/** The members of an object that is known to be well-formed, one after the other. */
public final class Members {
  private final JsonCursor in = JsonCursor.structural();
  private int nameFrom;
  private int nameTo;
  private boolean nameEscaped;
  private int valueFrom;
  private boolean first = true;

  /** The members of the object that starts at {@code from}. */
  public Members(byte[] bytes, int from, int to) {
    in.reset(bytes, from, to);
  }

  /** Moves on to the next member; false where there is none. */
  public boolean next() {
    if (first) {
      in.peek();
    }
    if (!(first ? in.firstMember() : in.nextMember())) {
      return false;
    }
    first = false;
    nameFrom = in.nameFrom() - 1;
    nameTo = in.nameTo() + 1;
    nameEscaped = in.isNameEscaped();
    valueFrom = in.at();
    in.value(ScannedRecord.MAX_DEPTH);
    return true;
  }

  /** Where the name starts, its quote included. */
  public int nameFrom() {
    return nameFrom;
  }

  public int nameTo() {
    return nameTo;
  }

  /** The field of the contract that the member is; null for any other. */
  public @Nullable Field field() {
    return Field.named(in.bytes(), nameFrom + 1, nameTo - 1, nameEscaped);
  }

  public int valueFrom() {
    return valueFrom;
  }

  public int valueTo() {
    return in.at();
  }
}
