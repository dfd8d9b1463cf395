package io.meterline.core.record;

import static io.meterline.core.json.JsonCursor.Fault.NONE;

import io.meterline.core.json.Escapes;
import io.meterline.core.json.JsonCursor;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Where a record's members are in its text. One instance is used for record after record; what it
 * tells is about the record that was scanned last.
 */
public final class ScannedRecord {
  /** How deep a record may nest, the record itself counted. */
  public static final int MAX_DEPTH = 64;

  private static final int FIELDS = Field.values().length;

  private final int[] valueFrom = new int[FIELDS];
  private final int[] valueTo = new int[FIELDS];
  private final Escapes escapes = new Escapes();
  private byte[] bytes = {};
  private int from;
  private int to;
  private int spaces;
  private int present;
  private @Nullable Field twice;
  private boolean changes;
  private boolean others;
  private boolean nestedDimension;
  private boolean nonNumericValue;

  /**
   * Reads the object at which the cursor is; false where it is malformed; the cursor has the
   * reason.
   */
  public boolean scan(JsonCursor in) {
    bytes = in.bytes();
    from = in.at();
    int spacesBefore = in.spaces();
    present = 0;
    twice = null;
    changes = false;
    others = false;
    nestedDimension = false;
    nonNumericValue = false;
    for (boolean more = in.firstMember(); more; more = in.nextMember()) {
      if (!member(in)) {
        return false;
      }
    }
    to = in.at();
    spaces = in.spaces() - spacesBefore;
    return in.fault() == NONE;
  }

  private boolean member(JsonCursor in) {
    Field field = Field.named(bytes, in.nameFrom(), in.nameTo(), in.isNameEscaped());
    int first = in.peek();
    int start = in.at();
    boolean read =
        (field == Field.DIMENSIONS && first == '{')
            ? dimensions(in)
            : (field == Field.VALUES && first == '{') ? values(in) : in.value(MAX_DEPTH - 1);
    if (field == null) {
      others = true;
    } else if (read) {
      note(field, start, in.at());
    }
    return read;
  }

  private void note(Field field, int start, int end) {
    int bit = 1 << field.index();
    if ((present & bit) != 0 && twice == null) {
      twice = field;
    }
    present |= bit;
    valueFrom[field.index()] = start;
    valueTo[field.index()] = end;
    if (isVoid(field, start, end)) {
      changes = true;
    }
  }

  /** Whether a value counts as not there, and is to be left out. */
  private boolean isVoid(Field field, int start, int end) {
    return bytes[start] == 'n'
        || (field == Field.UNIQUE_ID && bytes[start] == '"' && end - start == 2);
  }

  private boolean dimensions(JsonCursor in) {
    for (boolean more = in.firstMember(); more; more = in.nextMember()) {
      int first = in.peek();
      if (first == '{' || first == '[') {
        nestedDimension = true;
      } else if (first != '"') {
        changes = true;
      }
      if (!in.value(MAX_DEPTH - 2)) {
        return false;
      }
    }
    return in.fault() == NONE;
  }

  private boolean values(JsonCursor in) {
    for (boolean more = in.firstMember(); more; more = in.nextMember()) {
      int first = in.peek();
      nonNumericValue |= first != '-' && (first < '0' || first > '9');
      if (!in.value(MAX_DEPTH - 2)) {
        return false;
      }
    }
    return in.fault() == NONE;
  }

  public byte[] bytes() {
    return bytes;
  }

  public int from() {
    return from;
  }

  public int to() {
    return to;
  }

  public int minifiedLength() {
    return to - from - spaces;
  }

  /** Whether the text can go out as it is, but for what completion adds. */
  boolean isFinal() {
    return spaces == 0 && !changes;
  }

  /** A member of the contract that is duplicated. */
  @Nullable Field twice() {
    return twice;
  }

  /** Whether the field is there, with a value that counts. */
  public boolean has(Field field) {
    int f = field.index();
    return (present & 1 << f) != 0 && !isVoid(field, valueFrom[f], valueTo[f]);
  }

  int valueFrom(Field field) {
    return valueFrom[field.index()];
  }

  int valueTo(Field field) {
    return valueTo[field.index()];
  }

  /** The first byte of the field's value, which tells its type. */
  byte type(Field field) {
    return bytes[valueFrom[field.index()]];
  }

  /** Whether there are members that the contract does not name. */
  boolean hasOthers() {
    return others;
  }

  boolean hasNestedDimension() {
    return nestedDimension;
  }

  boolean hasNonNumericValue() {
    return nonNumericValue;
  }

  /** The text of the field's string, its escapes undone. */
  String string(Field field) {
    int start = valueFrom(field) + 1;
    int end = valueTo(field) - 1;
    byte[] text = new byte[end - start + Escapes.SLACK];
    escapes.decode(bytes, start, end, text);
    return new String(Arrays.copyOf(text, escapes.written()), StandardCharsets.UTF_8);
  }
}
