package io.meterline.demo;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;

import io.meterline.core.Batch;
import io.meterline.core.BatchId;
import io.meterline.core.PartLimits;
import io.meterline.core.RecordBuffer;
import io.meterline.emitter.MeterLog;
import io.meterline.emitter.MeterLogOptions;
import java.util.ArrayList;
import java.util.List;

/**
 * A record that was made once: whichever way it goes and however often, its id, time and bytes stay
 * the same.
 *
 * @param line what is logged: the marker and the record
 * @param json the record alone
 * @param uniqueId its own
 * @param timeMillis its {@code meterTimeInMillis}
 */
public record MeterRecord(String line, String json, String uniqueId, long timeMillis) {
  private static final String SOURCE = "meterline-demo";

  public MeterRecord {
    requireNonNull(line, "line is null");
    requireNonNull(json, "json is null");
    requireNonNull(uniqueId, "uniqueId is null");
  }

  /**
   * Has the emitter write the record that a call asks for.
   *
   * @throws IllegalArgumentException that says what is wrong with it
   */
  static MeterRecord of(Call call, MeterLogOptions options) {
    List<String> lines = new ArrayList<>(1);
    // A log of its own for each call, since the answer shows what it wrote. An application that
    // only logs makes one and keeps it.
    MeterLog.to(lines::add, options)
        .record(call.meterApiName(), call.customerId(), call.value(), call.dimensions());
    String line = lines.getFirst();
    String json = line.substring(options.marker().length() + 1);
    JsonObject members = JsonObject.of(json);
    return new MeterRecord(
        line,
        json,
        members.text("uniqueId").orElseThrow(),
        Long.parseLong(members.raw("meterTimeInMillis").orElseThrow()));
  }

  /** The batch that holds it alone, named by its id: sent again, it is the same batch. */
  public Batch batch() {
    RecordBuffer records = new RecordBuffer();
    byte[] ascii = json.getBytes(US_ASCII);
    records.write(ascii, 0, ascii.length);
    records.end();
    BatchId id = new BatchId(SOURCE, "", uniqueId, uniqueId, timeMillis);
    return new Batch(id, records, PartLimits.NONE);
  }
}
