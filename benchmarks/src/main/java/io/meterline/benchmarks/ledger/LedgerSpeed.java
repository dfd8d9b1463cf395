package io.meterline.benchmarks.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.meterline.ledger.Ledger;
import io.meterline.ledger.LedgerSettings;
import io.meterline.ledger.LoadListener;
import io.meterline.ledger.LoadReport;
import io.meterline.ledger.place.Folder;
import io.meterline.ledger.usage.CsvFields;
import io.meterline.ledger.usage.Usage;
import io.meterline.ledger.usage.UsageCsv;
import io.meterline.ledger.usage.UsageLimits;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/**
 * Measures one ledger in a process of its own, whose memory is told as the system counts it: {@code
 * load FILE FOLDER}, {@code again FILE FOLDER} or {@code ask FILE}, with the number of records.
 */
final class LedgerSpeed {
  private static final int REPEATS = 15;

  private LedgerSpeed() {}

  public static void main(String[] arguments) throws IOException {
    Path file = Path.of(arguments[1]);
    Measures measures =
        new Measures("Meterline", Long.parseLong(arguments[2]), System.out::println);
    try (Ledger ledger = Ledger.open(file, LedgerSettings.DEFAULT)) {
      switch (arguments[0]) {
        case "load" -> {
          measures.add(Measures.LOAD, load(ledger, Path.of(arguments[3])));
          measures.add(Measures.LOAD_PROCESSOR, processorSeconds());
        }
        case "again" -> {
          measures.add(Measures.LOAD_AGAIN, load(ledger, Path.of(arguments[3])));
          measures.add(Measures.LOAD_AGAIN_PROCESSOR, processorSeconds());
        }
        default -> {
          measures.add(Measures.OVERVIEW, FirstView.milliseconds(ledger, REPEATS));
          for (Question question : Question.values()) {
            ask(ledger, question, measures);
          }
        }
      }
    }
    if (arguments[0].equals("load")) {
      measures.add(Measures.PEAK_MEMORY, peakBytes());
      measures.add(Measures.BYTES, (double) Files.size(file));
    }
  }

  private static double load(Ledger ledger, Path objects) throws IOException {
    long start = System.nanoTime();
    LoadReport report = ledger.load(new Folder(objects), LoadListener.NONE);
    double seconds = (System.nanoTime() - start) / 1e9;
    System.err.println(report);
    return seconds;
  }

  /** Of the whole process, its start with it. */
  private static double processorSeconds() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO).toMillis() / 1e3;
  }

  private static void ask(Ledger ledger, Question question, Measures measures) throws IOException {
    double[] asked = new double[REPEATS];
    double[] written = new double[REPEATS];
    for (int i = 0; i < REPEATS; i++) {
      long start = System.nanoTime();
      Usage usage = ledger.usage(question.usage(), UsageLimits.DEFAULT);
      asked[i] = (System.nanoTime() - start) / 1e6;
      try (Writer out = new OutputStreamWriter(OutputStream.nullOutputStream(), UTF_8)) {
        UsageCsv.write(usage, CsvFields.EXACT, out);
      }
      written[i] = (System.nanoTime() - start) / 1e6;
    }
    measures.add(Measures.milliseconds(question), Measures.median(asked));
    measures.add(question.words() + Measures.CSV + " ms", Measures.median(written));
  }

  /** 0 where the system does not tell. */
  private static double peakBytes() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.isReadable(status)) {
      return 0;
    }
    try (Stream<String> lines = Files.lines(status)) {
      return lines
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToDouble(line -> 1024 * Double.parseDouble(line.replaceAll("\\D", "")))
          .findFirst()
          .orElse(0);
    }
  }
}
