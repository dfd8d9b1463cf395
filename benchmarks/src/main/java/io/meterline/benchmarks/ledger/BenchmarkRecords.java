package io.meterline.benchmarks.ledger;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/**
 * The records of the benchmark: one meter, a month, 1,000 customers, 100 sets of dimensions, values
 * with up to two decimal places, derived ids. A number tells all of a record, so that every store
 * gets the same ones.
 */
final class BenchmarkRecords {
  static final String METER = "api-calls";
  static final Instant FROM = Instant.parse("2026-10-01T00:00:00Z");
  static final Instant TO = Instant.parse("2026-11-01T00:00:00Z");

  /** A customer whose month is asked for. */
  static final String CUSTOMER = "customer-0042";

  private static final int CUSTOMERS = 1000;
  private static final int RECORDS_AN_OBJECT = 10_000;
  private static final String[] REGIONS = {"eu-west-1", "eu-north-1", "us-east-1", "us-west-2"};
  private static final String[] PLANS = {"free", "basic", "team", "scale", "enterprise"};
  private static final String[] PATHS = {"search", "upload", "download", "export", "delete"};

  private BenchmarkRecords() {}

  /** Writes NDJSON objects of 10,000 records into the folder. */
  static void writeObjects(Path folder, long records) throws IOException {
    Files.createDirectories(folder);
    StringBuilder line = new StringBuilder();
    for (long first = 0; first < records; first += RECORDS_AN_OBJECT) {
      Path file = folder.resolve("%06d.ndjson".formatted(first / RECORDS_AN_OBJECT));
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
        for (long i = first; i < Math.min(records, first + RECORDS_AN_OBJECT); i++) {
          line.setLength(0);
          json(i, records, line);
          out.write(line.toString().getBytes(US_ASCII));
        }
      }
    }
  }

  /** Writes one CSV file without a header, in the order of the peers' columns. */
  static void writeCsv(Path file, long records) throws IOException {
    StringBuilder line = new StringBuilder();
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
      for (long i = 0; i < records; i++) {
        line.setLength(0);
        csv(i, records, line);
        out.write(line.toString().getBytes(US_ASCII));
      }
    }
  }

  private static void json(long i, long records, StringBuilder out) {
    long random = mix(i);
    out.append("{\"meterApiName\":\"").append(METER).append("\",\"customerId\":\"");
    customer(random, out).append("\",\"meterTimeInMillis\":").append(time(i, random, records));
    out.append(",\"meterValue\":");
    value(random, out).append(",\"uniqueId\":\"");
    id(i, out).append("\",\"dimensions\":{\"region\":\"").append(region(random));
    out.append("\",\"plan\":\"").append(plan(random)).append("\",\"path\":\"");
    out.append(path(random)).append("\"}}\n");
  }

  private static void csv(long i, long records, StringBuilder out) {
    long random = mix(i);
    out.append(METER).append(',');
    customer(random, out).append(',').append(time(i, random, records)).append(',');
    value(random, out).append(',');
    id(i, out).append(',').append(region(random)).append(',').append(plan(random)).append(',');
    out.append(path(random)).append('\n');
  }

  private static StringBuilder customer(long random, StringBuilder out) {
    return padded(bits(random, 0) % CUSTOMERS, 4, out.append("customer-"));
  }

  /** In the order in which they happened, but for a minute: logs of many machines are so. */
  private static long time(long i, long random, long records) {
    long range = TO.toEpochMilli() - FROM.toEpochMilli() - 60_000;
    return FROM.toEpochMilli() + range * i / records + bits(random, 1) % 60_000;
  }

  private static StringBuilder value(long random, StringBuilder out) {
    long hundredths = 1 + bits(random, 2) % 1000;
    return padded(hundredths % 100, 2, out.append(hundredths / 100).append('.'));
  }

  private static StringBuilder id(long i, StringBuilder out) {
    hex(mix(i ^ 0x5DEE_CE66D_1234L), out);
    return hex(mix(i + 0x7FFF_0000_0000L), out);
  }

  private static String region(long random) {
    return REGIONS[(int) (bits(random, 3) % REGIONS.length)];
  }

  private static String plan(long random) {
    return PLANS[(int) (bits(random, 4) % PLANS.length)];
  }

  private static String path(long random) {
    return PATHS[(int) (bits(random, 5) % PATHS.length)];
  }

  private static long bits(long random, int which) {
    return mix(random + which) >>> 33;
  }

  private static long mix(long number) {
    long bits = (number + 0x9E37_79B9_7F4A_7C15L) * 0xBF58_476D_1CE4_E5B9L;
    bits = (bits ^ (bits >>> 30)) * 0x94D0_49BB_1331_11EBL;
    return bits ^ (bits >>> 31);
  }

  private static StringBuilder padded(long number, int digits, StringBuilder out) {
    String text = Long.toString(number);
    return out.append("0".repeat(digits - text.length())).append(text);
  }

  private static StringBuilder hex(long number, StringBuilder out) {
    for (int shift = 60; shift >= 0; shift -= 4) {
      out.append(Character.forDigit((int) (number >>> shift) & 15, 16));
    }
    return out;
  }
}
