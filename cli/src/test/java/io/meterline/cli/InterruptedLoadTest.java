package io.meterline.cli;

import static java.util.concurrent.TimeUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code meterline ledger load} as a process that is told to end. */
final class InterruptedLoadTest {
  /** When the last one is asked for, a first transaction is being written, or has just been. */
  private static final int OBJECTS = 30;

  private static final int RECORDS = 10_000;

  private final Program program;

  InterruptedLoadTest(@TempDir(factory = InMemory.class) Path home) {
    this.program =
        new Program(home).with(Map.of("ACCESS_KEY", "AKIAGIVEN", "SECRET_KEY", "given-secret"));
  }

  @Test
  void anEndInMidLoadIsSaidAndTheNextLoadCompletesIt() throws Exception {
    try (HeldBucket bucket = new HeldBucket(OBJECTS, InterruptedLoadTest::body)) {
      endInMidLoad(bucket);
      String status = String.join("\n", program.run("ledger", "status", "--ledger", "usage").out());
      long objects = number("objects", status);
      assertThat(objects).isBetween(0L, OBJECTS - 1L);
      assertThat(number("rows", status)).isEqualTo(objects * RECORDS);

      bucket.letGo();
      Program.Ended second = program.run("ledger", "load", "--ledger", "usage", bucket.place());
      assertThat(second.code()).as(second.counts()).isEqualTo(0);
      assertThat(second.counts())
          .contains("objects=" + (OBJECTS - objects), "already-there=" + objects, "duplicates=0");
      assertThat(total()).isEqualTo("value\n" + OBJECTS * RECORDS * 3 / 2 + "\n");
    }
  }

  private void endInMidLoad(HeldBucket bucket) throws IOException, InterruptedException {
    Process process = program.startTogether("ledger", "load", "--ledger", "usage", bucket.place());
    try {
      assertThat(bucket.asked().await(1, MINUTES)).isTrue();
      // SIGTERM: what a shell starts in the background is deaf to Ctrl-C, and so are its children.
      process.toHandle().destroy();
      assertThat(process.waitFor(1, MINUTES)).isTrue();
      assertThat(process.inputReader().lines())
          .containsExactly(
              "meterline: ended before everything was loaded: what is loaded stays loaded, and the next"
                  + " load continues from there");
      assertThat(process.exitValue()).as("128 and SIGTERM").isEqualTo(143);
    } finally {
      process.destroyForcibly();
    }
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

  private static String body(int object) {
    StringBuilder body = new StringBuilder();
    for (int i = 0; i < RECORDS; i++) {
      body.append("{\"meterApiName\":\"m\",\"customerId\":\"c").append(i % 20);
      body.append("\",\"meterTimeInMillis\":").append(1 + i).append(",\"meterValue\":1.5");
      body.append(",\"uniqueId\":\"%016x%016x\"}\n".formatted(object, i));
    }
    return body.toString();
  }
}
