package io.meterline.cli;

import io.meterline.ledger.LedgerQuestions;
import io.meterline.ledger.usage.CsvFields;
import io.meterline.ledger.usage.Usage;
import io.meterline.ledger.usage.UsageCsv;
import io.meterline.ledger.usage.UsageJson;
import io.meterline.ledger.usage.UsageLimits;
import io.meterline.ledger.usage.UsageQuery;
import io.meterline.ledger.usage.WindowSize;
import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.time.temporal.TemporalAccessor;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Tells the usage of a meter. */
@Command(
    name = "usage",
    header = "Shows the usage of a meter.",
    description = {
      "A table, or CSV or JSON. Columns: window (when it starts, with its offset), what was grouped",
      "by, and value: exact, without an exponent."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footer = {
      "",
      "Example:",
      "  meterline usage --ledger usage.ledger --meter api-calls --from 2026-11-01 \\",
      "    --to 2026-12-01 --group-by customerId --window day --zone Europe/Berlin --csv"
    })
final class UsageCommand implements Callable<Integer> {
  /**
   * Strict: a day that does not exist, such as 2026-11-31, is an error and not the last of the
   * month.
   */
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd['T'HH:mm[:ss[.SSS]][XXX]]")
          .withResolverStyle(ResolverStyle.STRICT);

  @Spec private CommandSpec spec;
  @Mixin private AskedLedger ledger;

  @Option(names = "--meter", required = true, paramLabel = "NAME", description = "The meter.")
  private String meter = "";

  @Option(
      names = "--from",
      required = true,
      paramLabel = "DATE",
      description = {
        "The first day or time that counts, such as 2026-11-01 or 2026-11-01T06:00,",
        "in the zone; or with an offset, such as 2026-11-01T06:00Z."
      })
  private String from = "";

  @Option(
      names = "--to",
      required = true,
      paramLabel = "DATE",
      description = "The day or time at which the range ends (exclusive).")
  private String to = "";

  @Option(
      names = "--group-by",
      split = ",",
      paramLabel = "NAME",
      description = "customerId or names of dimensions, separated by commas.")
  private List<String> groupBy = List.of();

  @Option(
      names = "--window",
      paramLabel = "WINDOW",
      description = "none, minute, hour, day, week or month. Default: ${DEFAULT-VALUE}.")
  private String window = WindowSize.NONE.word();

  @Option(
      names = "--zone",
      paramLabel = "ZONE",
      description = "The time zone, such as Europe/Berlin. Default: ${DEFAULT-VALUE}.")
  private String zone = "UTC";

  @Option(
      names = "--filter",
      paramLabel = "K=V",
      description = {
        "Only records whose customerId or dimension K is V.",
        "Filters for the same K are alternatives; filters for different K must all " + "match."
      })
  private List<String> filters = List.of();

  @Option(
      names = "--top",
      paramLabel = "N",
      description = "Only the N groups with the highest totals.")
  private @Nullable Integer top;

  @Option(names = "--fill", description = "Include windows without records.")
  private boolean fill;

  @Option(
      names = "--spreadsheet",
      description = {
        "With --csv, for a file that a spreadsheet opens: a text that starts with =, +, -, @, a tab or a line end",
        "gets an apostrophe in front, so that it is not run as a formula."
      })
  private boolean spreadsheet;

  @ArgGroup private @Nullable Format format;

  /** One of the forms that programs read. */
  static final class Format {
    @Option(names = "--csv", description = "Write CSV with all text unchanged, for programs.")
    private boolean csv;

    @Option(names = "--json", description = "Write JSON.")
    private boolean json;
  }

  @Override
  public Integer call() throws IOException {
    if (spreadsheet && (format == null || !format.csv)) {
      throw wrong("--spreadsheet: it is for CSV, add --csv");
    }
    if (top != null && groupBy.isEmpty()) {
      throw wrong("--top: it limits groups, add --group-by");
    }
    UsageQuery query = query();
    Usage usage;
    try (LedgerQuestions opened = ledger.open()) {
      usage = opened.usage(query, UsageLimits.DEFAULT);
    }
    PrintWriter out = spec.commandLine().getOut();
    if (format != null && format.csv) {
      UsageCsv.write(usage, spreadsheet ? CsvFields.SPREADSHEET : CsvFields.EXACT, out);
    } else if (format != null && format.json) {
      UsageJson.write(usage, out);
    } else {
      new UsageTable(usage, bars()).write(out);
    }
    out.flush();
    if (!usage.note().isEmpty()) {
      spec.commandLine().getErr().println("meterline: " + usage.note());
    }
    return ExitCode.DONE;
  }

  @SuppressWarnings("SystemConsoleNull") // In Java 25 it is null again where there is none.
  private static boolean bars() {
    Console console = System.console();
    return console != null && console.isTerminal();
  }

  private UsageQuery query() {
    ZoneId zoneId = zone();
    WindowSize size =
        WindowSize.of(window)
            .orElseThrow(
                () ->
                    wrong("--window: '%s' is not one of %s".formatted(window, WindowSize.words())));
    try {
      return new UsageQuery(
          meter,
          instant("--from", from, zoneId),
          instant("--to", to, zoneId),
          size,
          zoneId,
          groupBy.stream().map(String::strip).toList(),
          filters(),
          top == null ? OptionalInt.empty() : OptionalInt.of(top),
          fill);
    } catch (IllegalArgumentException e) {
      throw wrong(String.valueOf(e.getMessage()));
    }
  }

  private ZoneId zone() {
    try {
      return ZoneId.of(zone);
    } catch (DateTimeException e) {
      throw wrong("--zone: '%s' is not a time zone: %s".formatted(zone, nearestZone()));
    }
  }

  /** Most mistakes leave the continent out. */
  private String nearestZone() {
    String name = zone.strip().replace(' ', '_');
    return ZoneId.getAvailableZoneIds().stream()
        .filter(id -> id.substring(id.lastIndexOf('/') + 1).equalsIgnoreCase(name))
        .min(Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder()))
        .map("did you mean '%s'?"::formatted)
        .orElse("one is Europe/Berlin");
  }

  private Map<String, Set<String>> filters() {
    Map<String, Set<String>> found = new LinkedHashMap<>();
    for (String filter : filters) {
      int equals = filter.indexOf('=');
      if (equals < 1) {
        throw wrong("--filter: '%s' must be K=V, such as region=eu".formatted(filter));
      }
      found
          .computeIfAbsent(filter.substring(0, equals), name -> new TreeSet<>())
          .add(filter.substring(equals + 1));
    }
    return found;
  }

  private Instant instant(String option, String text, ZoneId zoneId) {
    try {
      TemporalAccessor time =
          TIME.parseBest(text, OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
      return switch (time) {
        case OffsetDateTime exact -> exact.toInstant();
        case LocalDateTime local -> local.atZone(zoneId).toInstant();
        default -> LocalDate.from(time).atStartOfDay(zoneId).toInstant();
      };
    } catch (DateTimeParseException e) {
      throw wrong(
          "%s: '%s' is not a date or time, such as 2026-11-01 or 2026-11-01T06:00"
              .formatted(option, text));
    }
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
