package io.meterline.demo;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Routes that keep what is sent on them. */
final class Recorded {
  private final Map<Way, List<MeterRecord>> sent = new EnumMap<>(Way.class);

  Map<Way, Route> routes() {
    Map<Way, Route> routes = new EnumMap<>(Way.class);
    for (Way way : Way.values()) {
      routes.put(way, new Route(record -> sent(way).add(record), "memory:" + way.word()));
    }
    return routes;
  }

  List<MeterRecord> sent(Way way) {
    return sent.computeIfAbsent(way, none -> new ArrayList<>());
  }
}
