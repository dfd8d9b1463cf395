package io.meterline.core.json;

import io.meterline.samples.Bytes;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/** JSON values made at random, and small faults put into them. */
public final class JsonTexts {
  private static final String[] NUMBERS = {
    "0",
    "-0",
    "1",
    "-12",
    "1.10",
    "0.5",
    "1E3",
    "1e-7",
    "-1.5e+10",
    "1e400",
    "5",
    "253402300799999",
    "253402300800000",
    "123456789012345678901234567890",
    "1.7976931348623157e308",
    "1e309",
    "1e12345678901",
    "-0.0E+12345678901",
    "1e-12345678901"
  };
  private static final String[] STRINGS = {
    "",
    "a",
    " ",
    "c-1",
    "é",
    "😀",
    "\\\"",
    "\\\\",
    "\\n",
    "\\u00e9",
    "\\ud83d\\ude00",
    "\\u0000",
    "\\/",
    "a rather long text without anything in it",
    "{}[],:",
    "\u007f",
    "\u2028",
    "meter"
  };
  private static final String[] SPACES = {"", "", "", " ", "\n", "\t", "\r\n  "};

  /** What a fault may put in: little things that readers are lenient about. */
  private static final String[] FAULTS = {
    "{",
    "}",
    "[",
    "]",
    "\"",
    "\\",
    ",",
    ":",
    "0",
    "1",
    "-",
    "+",
    ".",
    "e",
    "E",
    "t",
    "n",
    "u",
    "'",
    "/",
    "//",
    "/**/",
    " ",
    "\t",
    "\n",
    "\f",
    "\u00a0",
    "\ufeff",
    "\0",
    "\u0001",
    "NaN",
    "Infinity",
    "\\u12",
    "\\ud83d",
    "\\ude00",
    "\\x",
    "true",
    "null",
    "é",
    "😀"
  };

  private final SplittableRandom random;

  public JsonTexts(long seed) {
    random = new SplittableRandom(seed);
  }

  /** Any value. */
  public String value(int depth) {
    return switch (random.nextInt(depth > 0 ? 8 : 5)) {
      case 0 -> number();
      case 1, 2 -> string();
      case 3 -> "null";
      case 4 -> random.nextBoolean() ? "true" : "false";
      case 5 -> list('[', ']', () -> value(depth - 1));
      default -> list('{', '}', () -> string() + space() + ":" + space() + value(depth - 1));
    };
  }

  public String number() {
    return any(NUMBERS);
  }

  public String string() {
    return '"' + any(STRINGS) + (random.nextInt(4) == 0 ? any(STRINGS) : "") + '"';
  }

  /** A record as the contract has it, with a right or wrong value here and there. */
  public String record() {
    List<Supplier<String>> members =
        List.of(
            () -> member("meterApiName", 9, this::string),
            () -> member("customerId", 9, this::string),
            () -> member("meterValue", 9, this::number),
            () -> member("values", 3, () -> list('{', '}', () -> member("v", 9, this::number))),
            () -> member("meterTimeInMillis", 6, this::number),
            () -> member("uniqueId", 6, this::string),
            () -> member("dimensions", 4, () -> list('{', '}', () -> string() + ":" + value(0))),
            () -> member("other", 2, () -> value(3)));
    StringBuilder text = new StringBuilder("{").append(space());
    String comma = "";
    for (int i = random.nextInt(3); i < members.size(); i++) {
      int often = random.nextInt(40) == 0 ? 2 : random.nextInt(5) == 0 ? 0 : 1;
      for (int times = often; times > 0; times--) {
        text.append(comma).append(members.get(i).get()).append(space());
        comma = "," + space();
      }
    }
    return text.append('}').toString();
  }

  private String member(String name, int rightInTen, Supplier<String> right) {
    String written = random.nextInt(12) == 0 ? name.replace("e", "\\u0065") : name;
    String value = random.nextInt(10) < rightInTen ? right.get() : value(2);
    return '"' + written + '"' + space() + ":" + space() + value;
  }

  private String list(char open, char close, Supplier<String> element) {
    StringBuilder text = new StringBuilder().append(open).append(space());
    int elements = random.nextInt(4);
    for (int i = 0; i < elements; i++) {
      text.append(i == 0 ? "" : "," + space()).append(element.get()).append(space());
    }
    return text.append(close).toString();
  }

  /** The text with one to three faults, which may undo one another. */
  public String faulty(String text) {
    StringBuilder changed = new StringBuilder(text);
    for (int faults = random.nextInt(3) + 1; faults > 0; faults--) {
      int at = random.nextInt(changed.length() + 1);
      int to = Math.min(changed.length(), at + random.nextInt(3));
      switch (random.nextInt(4)) {
        case 0 -> changed.insert(at, any(FAULTS));
        case 1 -> changed.replace(at, to, any(FAULTS));
        case 2 -> changed.delete(at, to);
        default -> changed.setLength(random.nextInt(8) == 0 ? at : changed.length());
      }
    }
    // Half of a raw surrogate pair can't be in bytes.
    return Bytes.text(Bytes.utf8(changed.toString()));
  }

  private String space() {
    return any(SPACES);
  }

  private String any(String[] choices) {
    return choices[random.nextInt(choices.length)];
  }
}
