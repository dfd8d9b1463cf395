package io.meterline.ledger.http;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a request would like to be answered with (RFC 9110, 12.5). */
final class Accept {
  private Accept() {}

  /** Whether CSV is wanted more than JSON. */
  static boolean prefersCsv(@Nullable List<String> accept) {
    return accept != null
        && weight(accept, "text/csv", "text/*")
            > weight(accept, "application/json", "application/*");
  }

  /** Whether an answer may be packed. */
  static boolean takesGzip(@Nullable List<String> encodings) {
    return encodings != null && weight(encodings, "gzip", "*") > 0;
  }

  /** The weight of the most exact entry; 0 where none fits. */
  private static double weight(List<String> headers, String name, String family) {
    double ofName = -1;
    double ofFamily = -1;
    double ofAny = -1;
    for (String header : headers) {
      for (String entry : header.toLowerCase(Locale.ROOT).split(",", -1)) {
        String[] parts = entry.split(";", -1);
        String word = parts[0].strip();
        if (word.equals(name)) {
          ofName = quality(parts);
        } else if (word.equals(family)) {
          ofFamily = quality(parts);
        } else if (word.equals("*/*")) {
          ofAny = quality(parts);
        }
      }
    }
    return Math.max(0, ofName >= 0 ? ofName : ofFamily >= 0 ? ofFamily : ofAny);
  }

  private static double quality(String[] parts) {
    for (int i = 1; i < parts.length; i++) {
      String part = parts[i].strip();
      if (part.startsWith("q=")) {
        try {
          return Double.parseDouble(part.substring(2));
        } catch (NumberFormatException e) {
          // A weight that is none says no more than one left out.
          return 1;
        }
      }
    }
    return 1;
  }
}
