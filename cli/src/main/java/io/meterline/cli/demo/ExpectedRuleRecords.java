package io.meterline.cli.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.meterline.core.Limits;
import io.meterline.core.Origin;
import io.meterline.core.Quarantined;
import io.meterline.core.RecordBuffer;
import io.meterline.core.find.Extractor;
import io.meterline.core.find.Findings;
import io.meterline.core.find.Markers;
import io.meterline.core.record.LogEvent;
import io.meterline.core.rule.Mapper;
import io.meterline.core.rule.Mapping;
import io.meterline.core.rule.RulePlace;
import io.meterline.local.LogGroup;
import io.meterline.local.LogGroupSettings;
import io.meterline.local.StoredLogEvent;
import io.meterline.mapping.Rules;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What rules are to make: each log event is put to them once, as it is logged and beside the
 * agents, which get it in payloads, several times or in pieces. One thread logs, any may read.
 */
final class ExpectedRuleRecords implements LogWriter.Listener {
  private final Optional<Rules> rules;
  private final Map<RecordKey, Sent> records = new ConcurrentHashMap<>();
  private final Map<EntryKey, Sent> entries = new ConcurrentHashMap<>();
  private final AtomicInteger accessLines = new AtomicInteger();
  private final AtomicInteger passedOver = new AtomicInteger();
  private final Findings findings = new Findings();
  private final Extractor extractor;
  private String maker = "";
  private Instant written = Instant.EPOCH;

  ExpectedRuleRecords(Optional<Rules> rules) {
    this.rules = rules;
    this.extractor = new Extractor(Markers.DEFAULT, Limits.DEFAULT, noting(mapping()));
  }

  /** What the agents go by. */
  Mapping mapping() {
    return rules.isPresent() ? rules.get() : Mapping.NONE;
  }

  /** The names of the rules, in their order. */
  List<String> names() {
    return rules.map(Rules::names).orElse(List.of());
  }

  /** The records that rules make. */
  Map<RecordKey, Sent> records() {
    return records;
  }

  /** What rules took and can't make: it belongs in quarantine. */
  Map<EntryKey, Sent> entries() {
    return entries;
  }

  /** How many lines the access log has. */
  int accessLines() {
    return accessLines.get();
  }

  /** Of how many lines of the access log rules made nothing. */
  int passedOver() {
    return passedOver.get();
  }

  @Override
  public void logged(LogGroup group, StoredLogEvent event, Instant called) {
    if (rules.isEmpty()) {
      return;
    }
    byte[] message = event.message().getBytes(UTF_8);
    byte[] id = event.id().getBytes(UTF_8);
    written = called;
    LogEvent shown =
        new LogEvent()
            .from(new Origin(LogGroupSettings.defaults().owner(), group.name(), event.logStream()))
            .plainMessage(message, 0, message.length)
            .id(id, 0, id.length)
            .timestamp(event.timestamp());
    try {
      extractor.extract(shown, findings);
    } catch (IOException e) {
      throw new UncheckedIOException("memory can't be read", e);
    }
    note();
    if (group.name().equals(LocalAws.ACCESS_LOG)) {
      accessLines.incrementAndGet();
      passedOver.addAndGet(maker.isEmpty() ? 1 : 0);
    }
    maker = "";
  }

  /** Knows of all that is made by which rule, and leaves out what markers make. */
  private Mapping noting(Mapping mapping) {
    return () -> {
      Mapper mapper = mapping.mapper();
      return (event, out) -> {
        findings.clear();
        mapper.map(event, out.telling(this::makes));
        note();
      };
    };
  }

  private void makes(RulePlace place) {
    note();
    maker = place.rule();
  }

  /** Takes note of what was made since the last look. */
  private void note() {
    RecordBuffer made = findings.records();
    for (int i = 0; i < made.count(); i++) {
      String text = new String(made.bytes(), made.from(i), made.to(i) - made.from(i), UTF_8);
      records.put(RecordKey.of(text), new Sent(maker, Texts.digest(text), written));
    }
    findings.clearRecords();
    findings.takeEntries().forEach(this::note);
  }

  private void note(Quarantined entry) {
    if (!maker.isEmpty() && entry instanceof Quarantined.BadRecord record) {
      entries.put(new EntryKey(record.eventId(), record.detail()), new Sent(maker, "", written));
    }
  }
}
