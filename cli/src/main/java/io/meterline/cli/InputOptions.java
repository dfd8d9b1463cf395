package io.meterline.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.meterline.core.Digests;
import io.meterline.core.Limits;
import io.meterline.core.Origin;
import io.meterline.core.Suggestions;
import io.meterline.core.find.Markers;
import io.meterline.core.input.InputFormat;
import io.meterline.core.input.Sources;
import io.meterline.core.record.LocalTimes;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** What every command that reads log material needs to know of it. */
final class InputOptions {
  /** Each has up to two mebibytes in hand. */
  private static final int MOST_THREADS = 256;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Mixin private MappingOption mapping;

  @Option(
      names = "--input",
      paramLabel = "FORM",
      converter = FormConverter.class,
      description =
          "What the input is: kinesis (Lambda events of a stream), logs (direct events and "
              + "payloads of CloudWatch Logs), lines, or auto. Gzip is opened. Default: auto.")
  private InputFormat form = InputFormat.AUTO;

  @Option(
      names = "--marker",
      paramLabel = "WORD",
      description =
          "A word that precedes a record. May be repeated. Default: "
              + "meter_record_for_stream and meter_record_for_cw.")
  private List<String> markers = Markers.DEFAULT.words();

  @Option(
      names = "--owner",
      paramLabel = "ACCOUNT",
      description = "The AWS account to assume for plain lines.")
  private String owner = "";

  @Option(
      names = "--log-group",
      paramLabel = "NAME",
      description = "The log group to assume for plain lines.")
  private String logGroup = "";

  @Option(
      names = "--log-stream",
      paramLabel = "NAME",
      description = "The log stream to assume for plain lines.")
  private String logStream = "";

  @Option(
      names = "--time-zone",
      paramLabel = "ZONE",
      converter = ZoneConverter.class,
      description =
          "The zone of times without a zone at the start of plain lines, such as "
              + "Europe/Vienna or +02:00. Default: UTC.")
  private @Nullable ZoneId timeZone;

  private LocalTimes localTimes = LocalTimes.utc();

  @Option(
      names = "--max-record-bytes",
      paramLabel = "N",
      description =
          "The maximum size of a record in bytes, without white space. Default: "
              + "${DEFAULT-VALUE}.")
  private int maxRecordBytes = Limits.DEFAULT.maxRecordBytes();

  @Option(
      names = "--max-payload-bytes",
      paramLabel = "N",
      description = "The maximum size of an inflated payload in bytes. Default: ${DEFAULT-VALUE}.")
  private int maxPayloadBytes = Limits.DEFAULT.maxPayloadBytes();

  @Option(
      names = "--max-line-bytes",
      paramLabel = "N",
      description = "The maximum length of a line in bytes. Default: ${DEFAULT-VALUE}.")
  private int maxLineBytes = Limits.DEFAULT.maxLineBytes();

  @Option(
      names = "--threads",
      paramLabel = "N",
      description =
          "How many threads read a log file; the order of records stays the same. "
              + "Default: one per processor.")
  private int threads = Runtime.getRuntime().availableProcessors();

  InputFormat form() {
    return form;
  }

  Origin origin() {
    return new Origin(owner, logGroup, logStream);
  }

  /** A hash of the options that decide which records are found. */
  String lookedFor() {
    String all = String.join("\n", form.name(), markers.toString(), mapping.text());
    return HexFormat.of().formatHex(Digests.sha256().digest(all.getBytes(UTF_8)), 0, 16);
  }

  /** What to say of times whose zone nobody gave; empty where none made a record's time. */
  Optional<String> assumedZone() {
    return timeZone == null && localTimes.areUsed()
        ? Optional.of("times without a zone were read as UTC: name theirs with --time-zone ZONE")
        : Optional.empty();
  }

  Sources sources() {
    localTimes = timeZone == null ? LocalTimes.utc() : new LocalTimes(timeZone);
    atLeastOne("--max-record-bytes", maxRecordBytes);
    atLeastOne("--max-payload-bytes", maxPayloadBytes);
    atLeastOne("--max-line-bytes", maxLineBytes);
    atLeastOne("--threads", threads);
    if (threads > MOST_THREADS) {
      throw new ParameterException(
          spec.commandLine(),
          "--threads must be %d or less, not %d".formatted(MOST_THREADS, threads));
    }
    try {
      Limits limits = new Limits(maxRecordBytes, maxPayloadBytes, maxLineBytes);
      return new Sources(new Markers(markers), limits, mapping.mapping(), threads, localTimes);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private void atLeastOne(String option, int value) {
    if (value < 1) {
      throw new ParameterException(
          spec.commandLine(), "%s must be 1 or more, not %d".formatted(option, value));
    }
  }

  /** Takes the form's name in lower case, as the other words of the command line are. */
  static final class FormConverter implements ITypeConverter<InputFormat> {
    @Override
    public InputFormat convert(String word) {
      for (InputFormat form : InputFormat.values()) {
        if (form.name().toLowerCase(Locale.ROOT).equals(word)) {
          return form;
        }
      }
      throw new TypeConversionException("'" + word + "' is not one of kinesis, logs, lines, auto");
    }
  }

  /** Takes what {@link ZoneId} does. */
  static final class ZoneConverter implements ITypeConverter<ZoneId> {
    @Override
    public ZoneId convert(String text) {
      try {
        return ZoneId.of(text);
      } catch (DateTimeException e) {
        String nearest =
            nearest(text)
                .map(": did you mean '%s'?"::formatted)
                .orElse("; give a name such as Europe/Vienna, or an offset such as +02:00");
        throw new TypeConversionException("'" + text + "' is not a time zone" + nearest);
      }
    }

    private static Optional<String> nearest(String text) {
      List<String> known = ZoneId.getAvailableZoneIds().stream().sorted().toList();
      return known.stream()
          .filter(id -> id.substring(id.lastIndexOf('/') + 1).equalsIgnoreCase(text))
          .findFirst()
          .or(() -> Suggestions.nearest(text, known));
    }
  }
}
