package io.meterline.cli;

import static io.meterline.cli.Material.line;
import static io.meterline.cli.Material.lines;
import static io.meterline.cli.Material.record;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.testing.IngestReceiver;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code meterline run --from -} at the end of a pipe that stays open, as of {@code tail -F}. */
final class LiveRunTest {
  private static final String KEY = "key-1";
  private static final String HALF_A_LINE = "2022-09-13T19:21:45.062Z INFO meter_record_for_str";

  private final Path home;
  private final IngestReceiver receiver;
  private final BlockingQueue<List<String>> bodies = new LinkedBlockingQueue<>();
  private final AtomicInteger failures = new AtomicInteger();
  private String retrySeconds = "100";
  private Process process;

  LiveRunTest(@TempDir Path home) throws IOException {
    this.home = home;
    this.receiver = IngestReceiver.start(KEY);
    receiver.breakDown(
        body -> {
          // Decided first: a test that has seen the body may change what the next one gets.
          boolean fails = failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
          bodies.add(body);
          return fails;
        });
  }

  @BeforeEach
  void start() throws Exception {
    process = startWith("--batch-seconds", "1");
  }

  @AfterEach
  void end() {
    process.destroyForcibly();
    receiver.close();
  }

  @Test
  void aRecordIsDeliveredWhileThePipeStaysOpen() throws Exception {
    write(line(0));
    assertThat(nextBody()).containsExactly(record(0));
    write(line(1) + HALF_A_LINE);
    assertThat(nextBody()).containsExactly(record(1));
    write("eam " + record(2) + "\nmeter_record_for_cw {\n");
    assertThat(nextBody()).as("a record that is open holds back none").containsExactly(record(2));
    process.getOutputStream().close();
    assertEnd(0, "records=3 quarantined=1 objects=4 already=0");
  }

  @Test
  void aBatchThatIsFullIsDeliveredAtOnce() throws Exception {
    restartWith("--batch-seconds", "3600", "--batch-records", "2");
    write(lines(0, 3));
    assertThat(nextBody()).containsExactly(record(0), record(1));
    process.getOutputStream().close();
    assertThat(nextBody()).containsExactly(record(2));
    assertEnd(0, "records=3 quarantined=0 objects=2 already=0");
  }

  @ParameterizedTest
  @CsvSource({"TERM, 143", "INT, 130"})
  void aSignalDeliversWhatWasReadAndEndsTheRun(String signal, int code) throws Exception {
    restartWith("--batch-seconds", "3600", "--batch-records", "2");
    write(lines(0, 2));
    assertThat(nextBody()).hasSize(2);
    write(line(2) + line(3).strip());
    send(signal);
    assertThat(nextBody()).as("with the last line, which has no end").hasSize(2);
    assertEnd(code, "records=4 quarantined=0 objects=2 already=0");
  }

  @Test
  void halfALineIsQuarantinedAtTheEndByASignal() throws Exception {
    write(line(0) + line(1).substring(0, 90));
    assertThat(nextBody()).containsExactly(record(0));
    send("TERM");
    List<String> words = assertEnd(143, "records=1 quarantined=1 objects=2 already=0");
    assertThat(words).anyMatch(word -> word.startsWith("quarantined=1 (truncated=1) in "));
  }

  @Test
  void whereTheReceiverIsDownASignalEndsTheRunSoonAndItSaysWhatIsNotDelivered() throws Exception {
    write(line(0));
    assertThat(nextBody()).hasSize(1);
    failures.set(Integer.MAX_VALUE);
    write(lines(1, 4));
    assertThat(nextBody()).hasSize(3);
    send("TERM");
    List<String> words =
        assertEnd(143, "records=1 quarantined=0 objects=1 already=0 undelivered=3");
    assertThat(words)
        .anyMatch(word -> word.contains("/ingest: answers 500"))
        .anyMatch(word -> word.contains("3 records that were found in standard input were not"));
  }

  @Test
  void aReceiverThatStaysDownFailsTheRunThoughThePipeStaysOpen() throws Exception {
    retrySeconds = "3";
    restartWith("--batch-seconds", "1");
    failures.set(Integer.MAX_VALUE);
    write(lines(0, 2));
    List<String> words = assertEnd(1, "records=0 quarantined=0 objects=0 already=0 undelivered=2");
    assertThat(words).anyMatch(word -> word.contains("answers 500 (given up after "));
  }

  @Test
  void aReceiverThatComesBackGetsEachRecordOnce() throws Exception {
    failures.set(1);
    write(line(0));
    assertThat(nextBody()).containsExactly(record(0));
    assertThat(nextBody()).as("tried again").containsExactly(record(0));
    process.getOutputStream().close();
    assertEnd(0, "records=1 quarantined=0 objects=1 already=0");
    assertThat(bodies).isEmpty();
  }

  private Process startWith(String... options) throws Exception {
    String[] run = {"run", "--from", "-", "--to", receiver.url().toString(), "--state", "state"};
    return new Program(home)
        .with(Map.of("METERLINE_API_KEY", KEY, "METERLINE_RETRY_SECONDS", retrySeconds))
        .startPiped(Stream.concat(Stream.of(run), Stream.of(options)).toArray(String[]::new));
  }

  private void restartWith(String... options) throws Exception {
    process.destroyForcibly();
    assertThat(process.waitFor(1, MINUTES)).isTrue();
    process = startWith(options);
  }

  private void write(String text) throws IOException {
    OutputStream in = process.getOutputStream();
    in.write(text.getBytes(UTF_8));
    in.flush();
  }

  private void send(String signal) throws Exception {
    String pid = Long.toString(process.pid());
    assertThat(new ProcessBuilder("/bin/kill", "-" + signal, pid).start().waitFor()).isZero();
  }

  private List<String> nextBody() throws InterruptedException {
    List<String> body = bodies.poll(1, MINUTES);
    return body == null ? List.of() : body;
  }

  private List<String> assertEnd(int code, String counts) throws Exception {
    List<String> words = process.errorReader().lines().toList();
    assertThat(process.waitFor(1, MINUTES)).isTrue();
    assertThat(words).last().asString().endsWith(counts);
    assertThat(process.exitValue()).isEqualTo(code);
    return words;
  }
}
