package io.meterline.demo;

import static java.util.Objects.requireNonNull;

import io.meterline.core.Delivery;
import io.meterline.core.MeterSink;
import java.io.IOException;
import java.util.function.Consumer;

/**
 * Where the records of one way go.
 *
 * @param destination a URI of what receives them in the end
 */
public record Route(Sender sender, String destination) {
  public Route {
    requireNonNull(sender, "sender is null");
    requireNonNull(destination, "destination is null");
  }

  /** Takes one record. */
  @FunctionalInterface
  public interface Sender {
    /**
     * Returns when the record is on its way, and nothing on this side can lose it any more.
     *
     * @throws IOException where it is not, with words for the caller
     */
    void send(MeterRecord record) throws IOException;
  }

  /** The application delivers by itself. */
  public static Route to(MeterSink sink, String destination) {
    return new Route(
        record -> {
          Delivery delivery = sink.deliver(record.batch());
          if (delivery.refused() > 0) {
            throw new IOException("the receiver refused it; it is in quarantine");
          }
        },
        destination);
  }

  /** The application logs, and an agent delivers. */
  public static Route logged(Consumer<MeterRecord> log, String destination) {
    return new Route(log::accept, destination);
  }

  /** A way that this deployment has not set up. */
  static Route missing(String variable) {
    return new Route(
        record -> {
          throw new IOException(variable + " is not set");
        },
        "");
  }
}
