package io.meterline.core.find;

import io.meterline.core.find.RecordShape.Kind;
import io.meterline.core.json.Literal;
import io.meterline.core.record.Field;
import io.meterline.core.record.Members;
import io.meterline.core.record.ScannedRecord;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the template that a record fits which was read, checked and found right. */
final class ShapeLearner {
  /** Above this the glue is hardly that of many records. */
  private static final int MOST_GLUE = 4 * 1024;

  private final ScannedRecord record;
  private final byte[] bytes;
  private final int backslashes;
  private final List<Literal> in = new ArrayList<>();
  private final List<Literal> out = new ArrayList<>();
  private final List<Kind> kinds = new ArrayList<>();
  private final ByteArrayOutputStream glueIn = new ByteArrayOutputStream();
  private final ByteArrayOutputStream glueOut = new ByteArrayOutputStream();
  private boolean possible = true;
  private boolean inName;
  private int done;

  private ShapeLearner(ScannedRecord record, int layers) {
    this.record = record;
    this.bytes = record.bytes();
    this.done = record.from();
    this.backslashes = NestedText.backslashes(layers);
  }

  /**
   * The template that {@code record} fits; null where none does that would save anything.
   *
   * @param layers how many strings its text stood in, whose escapes were taken off
   */
  static @Nullable RecordShape of(ScannedRecord record, int layers) {
    ShapeLearner maker = new ShapeLearner(record, layers);
    Members members = new Members(record.bytes(), record.from(), record.to());
    while (maker.possible && members.next()) {
      maker.member(members, members.field());
    }
    maker.glue(record.to() - 1);
    // Completion comes before the closing brace.
    maker.glueIn.write('}');
    maker.end();
    return maker.possible
        ? new RecordShape(
            layers,
            maker.in.toArray(Literal[]::new),
            maker.out.toArray(Literal[]::new),
            maker.kinds.toArray(Kind[]::new),
            record.has(Field.METER_TIME_IN_MILLIS),
            record.has(Field.UNIQUE_ID))
        : null;
  }

  private void member(Members members, @Nullable Field field) {
    byte first = bytes[members.valueFrom()];
    boolean object = field == Field.DIMENSIONS || field == Field.VALUES;
    if (object && first == '{') {
      Members inner = new Members(bytes, members.valueFrom(), members.valueTo());
      while (possible && inner.next()) {
        byte innerFirst = bytes[inner.valueFrom()];
        // A dimension that is not a string is written otherwise than it is.
        possible &= (innerFirst == '"') == (field == Field.DIMENSIONS);
        value(inner, innerFirst, Kind.TEXT);
      }
    } else {
      // A field that counts as not there is left out, so that it is no part of any glue.
      possible &= field == null || record.has(field);
      value(members, first, kind(field));
    }
  }

  private static Kind kind(@Nullable Field field) {
    if (field == null) {
      return Kind.TEXT;
    }
    return switch (field) {
      case METER_API_NAME, CUSTOMER_ID -> Kind.NAME;
      case UNIQUE_ID -> Kind.ID;
      case METER_TIME_IN_MILLIS -> Kind.TIME;
      case METER_VALUE, VALUES, DIMENSIONS -> Kind.NUMBER;
    };
  }

  /** Ends the glue before a value; true, false and null are glue themselves. */
  private void value(Members members, byte first, Kind kind) {
    switch (first) {
      case '"' -> {
        glue(members.valueFrom() + 1);
        next(kind, members.valueTo() - 1);
      }
      case 't', 'f', 'n' -> {}
      case '{', '[' -> possible = false;
      default -> {
        glue(members.valueFrom());
        next(kind == Kind.TIME ? kind : Kind.NUMBER, members.valueTo());
      }
    }
  }

  private void next(Kind kind, int valueTo) {
    end();
    kinds.add(kind);
    done = valueTo;
    // The glue after a string starts with its quote, which opens nothing.
    inName = bytes[valueTo] == '"';
  }

  private void end() {
    in.add(new Literal(glueIn.toByteArray(), glueIn.size()));
    out.add(new Literal(glueOut.toByteArray(), glueOut.size()));
    glueIn.reset();
    glueOut.reset();
  }

  /** Adds what is up to {@code to}. */
  private void glue(int to) {
    possible &= to - done < MOST_GLUE;
    for (int i = done; possible && i < to; i++) {
      byte b = bytes[i];
      // Anything else than ASCII without controls may be there in several ways.
      possible = b >= ' ' && b != '\\';
      if (b == '"') {
        inName = !inName;
        for (int k = 0; k < backslashes; k++) {
          glueIn.write('\\');
        }
      }
      glueIn.write(b);
      if (b != ' ' || inName) {
        glueOut.write(b);
      }
    }
    done = to;
  }
}
