package io.meterline.emitter;

import static java.util.Objects.requireNonNull;

import java.io.OutputStream;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Logs usage: each call writes one line, in one piece, that Meterline's agent delivers as one meter
 * record.
 *
 * <pre>{@code
 * MeterLog meters = MeterLog.toStandardOutput();
 * meters.record("api-calls", customerId, 1, Map.of("method", "GET"));
 * }</pre>
 *
 * <p>writes
 *
 * <pre>{@code
 * meter_record_for_stream {"meterApiName":"api-calls","customerId":"c1","meterTimeInMillis":1663094105062,"meterValue":1,"uniqueId":"01833842-5766-7a01-9c3f-6d1c5a0e8b11","dimensions":{"method":"GET"}}
 * }</pre>
 *
 * <p>A logger is a destination as well, whatever is in front of the line in its layout:
 *
 * <pre>{@code
 * MeterLog.to(logger::info);                             // org.slf4j.Logger
 * MeterLog.to(line -> logger.log(Level.INFO, line));     // java.lang.System.Logger
 * MeterLog.to(context.getLogger()::log);                 // com.amazonaws.services.lambda.runtime.Context
 * }</pre>
 *
 * <p>Lines are printable ASCII, so that no character set on their way can change what they say; the
 * JSON in them reads back as the same text. Values are written exactly: a {@code double} by the
 * digits of {@link Double#toString(double)}, a {@link BigDecimal} with its scale. Dimensions are in
 * the order of their names.
 *
 * <p>Unless {@link MeterLogOptions} say otherwise, a call throws what is wrong: an {@link
 * IllegalArgumentException} for a blank meter or customer, half a surrogate pair, a null dimension,
 * a value that is no finite number or that no double can hold, or too long a line; and whatever the
 * destination throws.
 *
 * <p>For any number of threads, virtual or not. Make one and keep it.
 */
public final class MeterLog {
  private final Destination destination;
  private final RecordFormat format;
  private final MeterLogOptions options;
  private final AtomicReference<@Nullable JsonLine> spare = new AtomicReference<>();
  private final AtomicLong dropped = new AtomicLong();
  private volatile @Nullable String lastDropReason;

  private MeterLog(Destination destination, MeterLogOptions options) {
    this.destination = destination;
    this.options = requireNonNull(options, "options is null");
    this.format = new RecordFormat(options);
  }

  /** To what {@link System#out} is at the time of each call. */
  public static MeterLog toStandardOutput() {
    return toStandardOutput(MeterLogOptions.DEFAULT);
  }

  /** To what {@link System#out} is at the time of each call. */
  public static MeterLog toStandardOutput(MeterLogOptions options) {
    return new MeterLog(new StreamDestination(() -> System.out), options);
  }

  /** To a stream: each line and its line feed are one write, and then a flush. */
  public static MeterLog to(OutputStream stream) {
    return to(stream, MeterLogOptions.DEFAULT);
  }

  /** To a stream: each line and its line feed are one write, and then a flush. */
  public static MeterLog to(OutputStream stream, MeterLogOptions options) {
    requireNonNull(stream, "stream is null");
    return new MeterLog(new StreamDestination(() -> stream), options);
  }

  /** To a function that logs the line it is given, which has no line end. */
  public static MeterLog to(Consumer<String> destination) {
    return to(destination, MeterLogOptions.DEFAULT);
  }

  /** To a function that logs the line it is given, which has no line end. */
  public static MeterLog to(Consumer<String> destination, MeterLogOptions options) {
    requireNonNull(destination, "destination is null");
    return new MeterLog(line -> destination.accept(line.text()), options);
  }

  /** Records {@code value} of a meter for a customer. */
  public void record(String meterApiName, String customerId, long value) {
    write(meterApiName, customerId, value, Map.of());
  }

  /** Records {@code value} of a meter for a customer. */
  public void record(
      String meterApiName, String customerId, long value, Map<String, String> dimensions) {
    write(meterApiName, customerId, value, dimensions);
  }

  /** Records {@code value} of a meter for a customer. */
  public void record(String meterApiName, String customerId, double value) {
    write(meterApiName, customerId, value, Map.of());
  }

  /** Records {@code value} of a meter for a customer. */
  public void record(
      String meterApiName, String customerId, double value, Map<String, String> dimensions) {
    write(meterApiName, customerId, value, dimensions);
  }

  /** Records {@code value} of a meter for a customer. */
  public void record(String meterApiName, String customerId, BigDecimal value) {
    write(meterApiName, customerId, value, Map.of());
  }

  /** Records {@code value} of a meter for a customer. */
  public void record(
      String meterApiName, String customerId, BigDecimal value, Map<String, String> dimensions) {
    write(meterApiName, customerId, value, dimensions);
  }

  /** Records values of several meters, by their names, for a customer: one record for all. */
  public void recordValues(String customerId, Map<String, ? extends Number> values) {
    writeValues(customerId, values, Map.of());
  }

  /** Records values of several meters, by their names, for a customer: one record for all. */
  public void recordValues(
      String customerId, Map<String, ? extends Number> values, Map<String, String> dimensions) {
    writeValues(customerId, values, dimensions);
  }

  /** How many records did not get out, where the options say to drop and count them. */
  public long dropped() {
    return dropped.get();
  }

  /** Why the last of them did not. */
  public Optional<String> lastDropReason() {
    return Optional.ofNullable(lastDropReason);
  }

  private void write(
      String meterApiName, String customerId, Number value, Map<String, String> dimensions) {
    try {
      JsonLine line = take();
      format.write(line, meterApiName, customerId, value, dimensions);
      send(line);
    } catch (Throwable failure) {
      if (!drops(failure)) {
        throw failure;
      }
    }
  }

  private void writeValues(
      String customerId, Map<String, ? extends Number> values, Map<String, String> dimensions) {
    try {
      JsonLine line = take();
      format.writeValues(line, customerId, values, dimensions);
      send(line);
    } catch (Throwable failure) {
      if (!drops(failure)) {
        throw failure;
      }
    }
  }

  /**
   * The line that was used last, if nobody is using it. Not one for each thread: applications with
   * a virtual thread for each request would make one for each call.
   */
  private JsonLine take() {
    JsonLine line = spare.getAndSet(null);
    return line == null ? new JsonLine(options.maxLineBytes()) : line;
  }

  private void send(JsonLine line) {
    destination.accept(line);
    if (line.isWorthKeeping()) {
      spare.setRelease(line);
    }
  }

  private boolean drops(Throwable failure) {
    if (options.onFailure() == MeterLogOptions.OnFailure.THROW) {
      return false;
    }
    String message = failure.getMessage();
    lastDropReason = message == null ? failure.getClass().getName() : message;
    dropped.incrementAndGet();
    return true;
  }
}
