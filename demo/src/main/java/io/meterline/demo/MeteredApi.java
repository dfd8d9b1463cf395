package io.meterline.demo;

import static java.util.Objects.requireNonNull;

import io.meterline.emitter.MeterLogOptions;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * The API: {@code POST /{method}} meters the call by that method and answers with the record. It
 * knows nothing of how calls come in. For any number of threads.
 */
public final class MeteredApi {
  private final Map<MeteringRoute, Route> routes;
  private final MeterLogOptions options;

  /** Records get their time and id as {@code options} say; each way has a route. */
  public MeteredApi(Map<MeteringRoute, Route> routes, MeterLogOptions options) {
    this.routes = new EnumMap<>(routes);
    this.options = requireNonNull(options, "options is null");
    for (MeteringRoute way : MeteringRoute.values()) {
      requireNonNull(this.routes.get(way), () -> way.word() + " has no route");
    }
  }

  public ApiResponse answer(Request request) {
    Optional<MeteringRoute> way = MeteringRoute.of(word(request.path()));
    if (way.isEmpty()) {
      return ApiResponse.notFound(word(request.path()));
    }
    if (!request.method().equals("POST")) {
      return ApiResponse.wrongVerb(request.method());
    }
    MeterRecord record;
    try {
      record = MeterRecord.of(Call.of(request, way.get()), options(way.get()));
    } catch (IllegalArgumentException e) {
      return ApiResponse.badCall(String.valueOf(e.getMessage()));
    }
    return send(record, requireNonNull(routes.get(way.get())));
  }

  private static ApiResponse send(MeterRecord record, Route route) {
    try {
      route.sender().send(record);
    } catch (IOException e) {
      return ApiResponse.notDelivered(String.valueOf(e.getMessage()));
    }
    return ApiResponse.record(record.json(), route.destination());
  }

  private MeterLogOptions options(MeteringRoute way) {
    return way.marker().map(options::withMarker).orElse(options);
  }

  /** What is between the slashes. */
  private static String word(String path) {
    int from = path.startsWith("/") ? 1 : 0;
    int to = path.endsWith("/") && path.length() > 1 ? path.length() - 1 : path.length();
    return path.substring(from, Math.max(from, to));
  }
}
