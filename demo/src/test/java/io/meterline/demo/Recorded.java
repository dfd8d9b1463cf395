package io.meterline.demo;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Routes that keep what is sent on them. */
final class Recorded {
  private final Map<MeteringRoute, List<MeterRecord>> sent = new EnumMap<>(MeteringRoute.class);

  Map<MeteringRoute, Route> routes() {
    Map<MeteringRoute, Route> routes = new EnumMap<>(MeteringRoute.class);
    for (MeteringRoute way : MeteringRoute.values()) {
      routes.put(way, new Route(record -> sent(way).add(record), "memory:" + way.word()));
    }
    return routes;
  }

  List<MeterRecord> sent(MeteringRoute way) {
    return sent.computeIfAbsent(way, none -> new ArrayList<>());
  }
}
