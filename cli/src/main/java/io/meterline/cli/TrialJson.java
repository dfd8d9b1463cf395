package io.meterline.cli;

import io.meterline.cli.MappingTrial.Event;
import io.meterline.cli.MappingTrial.Made;
import io.meterline.core.json.JsonText;
import io.meterline.mapping.Explainer.Verdict;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** Tells of a trial for a script: one JSON object an event, and one for all at the end. */
final class TrialJson implements TrialReport {
  private final PrintWriter out;

  TrialJson(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void event(int number, Event event) {
    out.println(
        "{\"event\":%d,\"message\":%s,\"rules\":%s,\"records\":[%s],\"failures\":[%s],\"passedOver\":[%s]}"
            .formatted(
                number,
                quoted(event.message()),
                list(event.takers()),
                event.made().stream()
                    .filter(made -> made.refused() == null)
                    .map(TrialJson::record)
                    .collect(Collectors.joining(",")),
                event.made().stream()
                    .filter(made -> made.refused() != null)
                    .map(TrialJson::failure)
                    .collect(Collectors.joining(",")),
                event.verdicts().stream()
                    .filter(verdict -> !verdict.takes())
                    .map(TrialJson::passedOver)
                    .collect(Collectors.joining(","))));
  }

  private static String record(Made made) {
    return "{\"rule\":%s,\"record\":%s}".formatted(quoted(made.rule()), made.record());
  }

  private static String failure(Made made) {
    var refused = made.refused();
    return refused == null
        ? "{}"
        : "{\"rule\":%s,\"reason\":%s,\"detail\":%s}"
            .formatted(
                quoted(made.rule()), quoted(refused.reason().word()), quoted(refused.detail()));
  }

  private static String passedOver(Verdict verdict) {
    return "{\"rule\":%s,\"why\":%s}".formatted(quoted(verdict.rule()), quoted(verdict.why()));
  }

  @Override
  public void end(TrialCounts counts) {
    out.println(
        "{\"events\":%d,\"records\":%d,\"failures\":%d,\"untaken\":%d,\"contested\":%d,\"idleRules\":%s}"
            .formatted(
                counts.events(),
                counts.records(),
                counts.failures(),
                counts.untaken(),
                counts.contested(),
                list(counts.idle())));
  }

  private static String list(List<String> texts) {
    return texts.stream().map(TrialJson::quoted).collect(Collectors.joining(",", "[", "]"));
  }

  /** The text as a JSON string. */
  private static String quoted(String text) {
    String object = new String(new JsonText().member("", text).end(), StandardCharsets.UTF_8);
    return object.substring("{\"\":".length(), object.length() - 1);
  }
}
