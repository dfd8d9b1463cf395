package io.meterline.ledger.store;

import static io.meterline.extract.Field.CUSTOMER_ID;
import static io.meterline.extract.Field.DIMENSIONS;
import static io.meterline.extract.Field.METER_API_NAME;
import static io.meterline.extract.Field.METER_VALUE;
import static io.meterline.extract.Field.UNIQUE_ID;
import static io.meterline.extract.Field.VALUES;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.meterline.extract.Field;
import io.meterline.extract.Members;
import io.meterline.extract.RecordReader;
import java.math.BigInteger;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Makes rows of records: one for each meter that a record feeds. */
final class RowReader {
  /** Is told of a value that no DECIMAL(38, …) holds. */
  @FunctionalInterface
  interface Unfit {
    void value(String meter, String value);
  }

  private static final int HEX_DIGITS = 32;

  private final Stage stage;
  private final Names meters;
  private final Names customers;
  private final DimensionSets dimensionSets;
  private final ExactNumber number = new ExactNumber();
  private long idHi;
  private long idLo;
  private @Nullable String idText;

  RowReader(Stage stage, int names) {
    this.stage = stage;
    this.meters = new Names("meter", names);
    this.customers = new Names("customer", names);
    this.dimensionSets = new DimensionSets(names);
  }

  /** Reads the names that the file has; those of rows not yet written are forgotten. */
  void load(Sql sql) throws SQLException {
    meters.load(sql);
    customers.load(sql);
    dimensionSets.load(sql);
  }

  /** Adds the record's rows; tells how many. */
  int read(RecordReader record, int object, int position, Unfit unfit) {
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
        add(record.time(), meter, customer, dims, others, object, position);
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
          add(record.time(), meter, customer, dims, others, object, position);
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
  void settle(Sql sql) throws SQLException {
    Names.Settled meter = meters.settle(sql);
    Names.Settled customer = customers.settle(sql);
    Names.Settled dims = dimensionSets.settle(sql);
    for (int row = 0; row < stage.count; row++) {
      stage.meter[row] = meter.of(stage.meter[row]);
      stage.customer[row] = customer.of(stage.customer[row]);
      stage.dims[row] = dims.of(stage.dims[row]);
    }
  }

  /** Gives memory back; when the transaction has ended and no name is unsettled. */
  void trim() {
    meters.trim();
    customers.trim();
    dimensionSets.trim();
  }

  private boolean reads(byte[] bytes, int from, int to) {
    return number.read(bytes, from, to);
  }

  private void add(
      long time, int meter, int customer, int dims, long others, int object, int position) {
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
    if (Stage.NO_ID.equals(idText)) {
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
      idText = Stage.NO_ID;
      return;
    }
    byte[] bytes = record.bytes();
    int from = from(record, UNIQUE_ID);
    int to = to(record, UNIQUE_ID);
    if (to - from == HEX_DIGITS && isHex(bytes, from, to)) {
      idHi = hex(bytes, from);
      idLo = hex(bytes, from + HEX_DIGITS / 2);
      idText = null;
      return;
    }
    byte[] id = DimensionSets.unescaped(bytes, from, to);
    idText = new String(id, UTF_8);
    idHi = 0;
    idLo = ByteIndex.hash(id, 0, id.length);
  }

  private static boolean isHex(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      byte b = bytes[i];
      if ((b < '0' || b > '9') && (b < 'a' || b > 'f')) {
        return false;
      }
    }
    return true;
  }

  private static long hex(byte[] bytes, int from) {
    long number = 0;
    for (int i = from; i < from + HEX_DIGITS / 2; i++) {
      number = number << 4 | (bytes[i] <= '9' ? bytes[i] - '0' : bytes[i] - 'a' + 10);
    }
    return number;
  }

  /** A hash over the members that the contract does not name, in whatever order they stand. */
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

  private static int name(Names names, byte[] bytes, int from, int to) {
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
