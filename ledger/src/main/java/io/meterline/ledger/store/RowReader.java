package io.meterline.ledger.store;

import static io.meterline.core.record.Field.CUSTOMER_ID;
import static io.meterline.core.record.Field.DIMENSIONS;
import static io.meterline.core.record.Field.METER_API_NAME;
import static io.meterline.core.record.Field.METER_VALUE;
import static io.meterline.core.record.Field.UNIQUE_ID;
import static io.meterline.core.record.Field.VALUES;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.meterline.core.record.Field;
import io.meterline.core.record.Members;
import io.meterline.core.record.RecordReader;
import java.math.BigInteger;
import java.sql.SQLException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Makes rows of records: one for each meter that a record feeds. */
final class RowReader {
  /** Receives a value that no DECIMAL(38, …) holds. */
  @FunctionalInterface
  interface Unfit {
    void value(String meter, String value);
  }

  private static final int HEX_DIGITS = 32;

  /** What a byte counts as a lower-case hex digit; less than 0 for those that are none. */
  private static final byte[] HEX = new byte[256];

  static {
    Arrays.fill(HEX, (byte) -1);
    for (byte digit = 0; digit < 16; digit++) {
      HEX[Character.forDigit(digit, 16)] = digit;
    }
  }

  private final Dictionary meters;
  private final Dictionary customers;
  private final DimensionSets dimensionSets;
  private final DecimalParser number = new DecimalParser();
  private long idHi;
  private long idLo;
  private @Nullable String idText;

  RowReader(WriterBounds bounds) {
    this.meters = new Dictionary("meter", bounds);
    this.customers = new Dictionary("customer", bounds);
    this.dimensionSets = new DimensionSets(bounds);
  }

  /** Reads the names that the file has; those of rows not yet written are forgotten. */
  void load(Sql sql) throws SQLException {
    meters.load(sql);
    customers.load(sql);
    dimensionSets.load(sql);
  }

  /** Adds the record's rows to the stage; tells how many. */
  int read(RecordReader record, RowBuffer stage, int object, int position, Unfit unfit) {
    byte[] bytes = record.bytes();
    int before = stage.count;
    int customer = name(customers, bytes, from(record, CUSTOMER_ID), to(record, CUSTOMER_ID));
    int dims =
        record.has(DIMENSIONS)
            ? dimensionSets.of(bytes, record.valueFrom(DIMENSIONS), record.valueTo(DIMENSIONS))
            : dimensionSets.ofNone();
    long others = record.hasOthers() ? others(record) : 0;
    readId(record);
    stage.reserve();
    if (record.has(METER_API_NAME)) {
      int meterFrom = from(record, METER_API_NAME);
      int meterTo = to(record, METER_API_NAME);
      if (reads(bytes, record.valueFrom(METER_VALUE), record.valueTo(METER_VALUE))) {
        int meter = name(meters, bytes, meterFrom, meterTo);
        add(stage, record.time(), meter, customer, dims, others, object, position);
      } else {
        unfit.value(DimensionSets.text(bytes, meterFrom, meterTo), text(record, METER_VALUE));
      }
    }
    if (record.has(VALUES)) {
      Members members = new Members(bytes, record.valueFrom(VALUES), record.valueTo(VALUES));
      while (members.next()) {
        int meterFrom = members.nameFrom() + 1;
        int meterTo = members.nameTo() - 1;
        if (reads(bytes, members.valueFrom(), members.valueTo())) {
          stage.reserve();
          int meter = name(meters, bytes, meterFrom, meterTo);
          add(stage, record.time(), meter, customer, dims, others, object, position);
        } else {
          unfit.value(
              DimensionSets.text(bytes, meterFrom, meterTo),
              new String(
                  bytes, members.valueFrom(), members.valueTo() - members.valueFrom(), UTF_8));
        }
      }
    }
    return stage.count - before;
  }

  /** Writes the new names and puts right the numbers in the stage. */
  void settle(Sql sql, RowBuffer stage) throws SQLException {
    Dictionary.Settled meter = meters.settle(sql);
    Dictionary.Settled customer = customers.settle(sql);
    Dictionary.Settled dims = dimensionSets.settle(sql);
    if (meter.isSame() && customer.isSame() && dims.isSame()) {
      return;
    }
    for (int row = 0; row < stage.count; row++) {
      stage.meter[row] = meter.of(stage.meter[row]);
      stage.customer[row] = customer.of(stage.customer[row]);
      stage.dims[row] = dims.of(stage.dims[row]);
    }
    // A name that was forgotten had two numbers here, and rows of one identity looked like two.
    stage.relateAll();
  }

  /** How many bytes the names have that are not written yet. */
  long freshBytes() {
    return meters.freshBytes() + customers.freshBytes() + dimensionSets.freshBytes();
  }

  /** Gives memory back; while no name is unsettled. */
  void trim() {
    meters.trim();
    customers.trim();
    dimensionSets.trim();
  }

  private boolean reads(byte[] bytes, int from, int to) {
    return number.read(bytes, from, to);
  }

  private void add(
      RowBuffer stage,
      long time,
      int meter,
      int customer,
      int dims,
      long others,
      int object,
      int position) {
    int row = stage.count;
    stage.time[row] = time;
    stage.meter[row] = meter;
    stage.customer[row] = customer;
    stage.dims[row] = dims;
    stage.value[row] = number.value();
    stage.wide[row] = number.wide();
    stage.scale[row] = number.scale();
    BigInteger wide = number.wide();
    stage.idText[row] = idText;
    if (RowBuffer.NO_ID.equals(idText)) {
      // Any function of the content will do: equality of all columns is checked after.
      stage.idHi[row] = 0;
      stage.idLo[row] =
          ByteIndex.mix(
              time
                  ^ ByteIndex.mix(number.value() + number.scale() + others)
                  ^ (wide == null ? 0 : wide.hashCode()));
    } else {
      stage.idHi[row] = idHi;
      stage.idLo[row] = idLo;
    }
    stage.others[row] = others;
    stage.object[row] = object;
    stage.position[row] = position;
    stage.add();
  }

  private void readId(RecordReader record) {
    if (!record.has(UNIQUE_ID)) {
      idText = RowBuffer.NO_ID;
      return;
    }
    byte[] bytes = record.bytes();
    int from = from(record, UNIQUE_ID);
    int to = to(record, UNIQUE_ID);
    if (to - from == HEX_DIGITS && isHex(bytes, from)) {
      idText = null;
      return;
    }
    byte[] id = DimensionSets.unescaped(bytes, from, to);
    idText = new String(id, UTF_8);
    idHi = 0;
    idLo = ByteIndex.hash(id, 0, id.length);
  }

  /** Reads lower-case hex digits; false where others are among them. */
  private boolean isHex(byte[] bytes, int from) {
    long hi = 0;
    long lo = 0;
    int all = 0;
    for (int i = from; i < from + HEX_DIGITS / 2; i++) {
      int high = HEX[bytes[i] & 0xFF];
      int low = HEX[bytes[i + HEX_DIGITS / 2] & 0xFF];
      all |= high | low;
      hi = hi << 4 | high;
      lo = lo << 4 | low;
    }
    idHi = hi;
    idLo = lo;
    return all >= 0;
  }

  /** A hash of the members that the contract does not name, in any order. */
  private static long others(RecordReader record) {
    long hash = 0;
    Members members = new Members(record.bytes(), record.from(), record.to());
    while (members.next()) {
      if (members.field() == null) {
        long name = ByteIndex.hash(record.bytes(), members.nameFrom(), members.nameTo());
        long value = ByteIndex.hash(record.bytes(), members.valueFrom(), members.valueTo());
        hash += ByteIndex.mix(name + Long.rotateLeft(value, 32));
      }
    }
    return hash == 0 ? 1 : hash;
  }

  private static int name(Dictionary names, byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] == '\\') {
        byte[] name = DimensionSets.unescaped(bytes, from, to);
        return names.of(name, 0, name.length);
      }
    }
    return names.of(bytes, from, to);
  }

  private static int from(RecordReader record, Field field) {
    return record.valueFrom(field) + 1;
  }

  private static int to(RecordReader record, Field field) {
    return record.valueTo(field) - 1;
  }

  private static String text(RecordReader record, Field field) {
    int from = record.valueFrom(field);
    return new String(record.bytes(), from, record.valueTo(field) - from, UTF_8);
  }
}
