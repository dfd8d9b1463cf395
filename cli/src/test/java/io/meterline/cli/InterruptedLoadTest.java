package io.meterline.cli;

import static java.util.concurrent.TimeUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code meterline ledger load} as a process that gets Ctrl-C. */
final class InterruptedLoadTest {
  private static final int OBJECTS = 150;
  private static final int RECORDS = 4000;

  /** Is named when it is passed by: by then a first part of the records is being written. */
  private static final String BROKEN = "0074-broken.json";

  private final Path home;
  private final Program program;

  InterruptedLoadTest(@TempDir(factory = InMemory.class) Path home) {
    this.home = home;
    this.program = new Program(home);
  }

  @Test
  void anInterruptInMidLoadIsSaidAndTheNextLoadCompletesIt() throws Exception {
    writeObjects();
    Process process = program.startTogether("ledger", "load", "--ledger", "usage", "out");
    try (BufferedReader words = process.inputReader()) {
      assertThat(words.readLine()).startsWith("meterline: " + BROKEN + ": truncated");
      interrupt(process);
      assertThat(words.lines())
          .containsExactly(
              "meterline: ended before all was loaded: what is loaded stays, the next load goes on"
                  + " from there");
      assertThat(process.waitFor(1, MINUTES)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.exitValue()).as("128 and SIGINT").isEqualTo(130);
    String status = String.join("\n", program.run("ledger", "status", "--ledger", "usage").out());
    long objects = number("objects", status);
    assertThat(objects).isBetween(0L, OBJECTS - 1L);
    assertThat(number("rows", status)).isEqualTo(objects * RECORDS);

    Program.Ended second = program.run("ledger", "load", "--ledger", "usage", "out");
    assertThat(second.code()).isEqualTo(0);
    assertThat(second.counts())
        .contains(
            "objects=" + (OBJECTS - objects),
            "already-there=" + objects,
            "broken=1",
            "duplicates=0");
    assertThat(total()).isEqualTo("value\n" + OBJECTS * RECORDS * 3 / 2 + "\n");
  }

  private static void interrupt(Process process) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).inheritIO().start().waitFor();
  }

  private static long number(String name, String status) {
    Matcher line = Pattern.compile("(?m)^" + name + " +(\\d+)").matcher(status);
    assertThat(line.find()).as(status).isTrue();
    return Long.parseLong(line.group(1));
  }

  private String total() throws IOException, InterruptedException {
    return String.join(
            "\n",
            program
                .run(
                    "usage",
                    "--ledger",
                    "usage",
                    "--meter",
                    "m",
                    "--from",
                    "1970-01-01",
                    "--to",
                    "1970-01-02",
                    "--csv")
                .out())
        + "\n";
  }

  private void writeObjects() throws IOException {
    Path out = Files.createDirectories(home.resolve("out"));
    for (int object = 0; object < OBJECTS; object++) {
      StringBuilder body = new StringBuilder();
      for (int i = 0; i < RECORDS; i++) {
        body.append("{\"meterApiName\":\"m\",\"customerId\":\"c").append(i % 20);
        body.append("\",\"meterTimeInMillis\":").append(1 + i).append(",\"meterValue\":1.5");
        body.append(",\"uniqueId\":\"%016x%016x\"}\n".formatted(object, i));
      }
      Files.writeString(out.resolve("%04d.ndjson".formatted(object)), body);
    }
    Files.writeString(out.resolve(BROKEN), "[");
  }
}
