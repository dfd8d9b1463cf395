package io.meterline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;

final class MeterlineTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void helpGoesToStdoutAndNamesTheExitCodes() {
    assertThat(run("--help")).isEqualTo(0);
    assertThat(out.toString()).startsWith("Usage: meterline").contains("2 wrong usage");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void versionNamesTheProgram() {
    assertThat(run("--version")).isEqualTo(0);
    assertThat(out.toString()).matches("meterline \\S.*\\R");
  }

  @Test
  void noCommandIsWrongUsageAndPrintsTheHelpOnStderr() {
    assertThat(run()).isEqualTo(2);
    assertThat(out.toString()).isEmpty();
    assertThat(err.toString()).startsWith("Usage: meterline");
  }

  @Test
  void anUnknownCommandIsOneLineAndAHint() {
    assertThat(run("extrac")).isEqualTo(2);
    assertThat(err.toString().lines())
        .containsExactly(
            "meterline: unknown command 'extrac': did you mean 'extract'?",
            "'meterline --help' tells how.");
  }

  @Test
  void anUnknownOptionIsOneLineAndAHint() {
    assertThat(run("--strct")).isEqualTo(2);
    assertThat(err.toString().lines())
        .containsExactly("meterline: unknown option '--strct'", "'meterline --help' tells how.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "run --form file:a.log --to dir:out | unknown option '--form': did you mean '--format' or '--from'? | meterline run",
        "run --form=file:a.log | unknown option '--form': did you mean '--format' or '--from'? | meterline run",
        "run --threads many --strct | unknown option '--strct': did you mean '--strict'? | meterline run",
        "run --qqqqqqqqqqqq | unknown option '--qqqqqqqqqqqq' | meterline run",
        "ledger lod | unknown command 'lod': did you mean 'load'? | meterline ledger",
        "ledger load --legder x out | unknown option '--legder': did you mean '--ledger'? | meterline ledger load",
        "qqqqqqqq | unknown command 'qqqqqqqq' | meterline",
        "run --from file:a.log | Missing required option: '--to=URI' | meterline run",
      })
  void aWordThatIsNotKnownIsNamedFirstWithTheNearestThatIs(
      String arguments, String message, String command) {
    assertThat(run(arguments.split(" ", -1))).isEqualTo(2);
    assertThat(err.toString().lines())
        .containsExactly("meterline: " + message, "'" + command + " --help' tells how.");
  }

  @Test
  void aMistakeInACommandPointsToThatCommandsHelp() {
    assertThat(fail(new IOException("unused"), "fail", "surplus")).isEqualTo(2);
    assertThat(err.toString().lines())
        .containsExactly(
            "meterline: unexpected argument 'surplus'", "'meterline fail --help' tells how.");
  }

  @Test
  void anEscapedExceptionIsOneLineAndExitCodeOne() {
    assertThat(fail(new IllegalStateException("disk 3 is\n gone"), "fail")).isEqualTo(1);
    assertThat(err.toString().lines()).containsExactly("meterline: disk 3 is gone");
  }

  @Test
  void anExceptionWithoutMessageIsNamed() {
    assertThat(fail(new IllegalStateException(), "fail")).isEqualTo(1);
    assertThat(err.toString().lines()).containsExactly("meterline: IllegalStateException");
  }

  @Test
  void aFileErrorTellsTheFileAndTheReason() {
    fail(new UncheckedIOException(new NoSuchFileException("a.log")), "fail");
    fail(new AccessDeniedException("b.log"), "fail");
    assertThat(err.toString().lines())
        .containsExactly(
            "meterline: a.log: no such file or folder", "meterline: b.log: permission denied");
  }

  @Test
  void debuggingAddsTheStackTrace() {
    var failing = new Failing(new IllegalStateException("broken"));
    assertThat(execute(Meterline.commandLine(true).addSubcommand(failing), "fail")).isEqualTo(1);
    assertThat(err.toString())
        .startsWith("meterline: broken")
        .contains("at io.meterline.cli.MeterlineTest");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "extract --mapping https://user:pa55word@host/ -",
        "extract --threads https://user:pa55word@host/",
        "extract --input https://user:pa55word@host/",
        "try-mapping https://user:pa55word@host/ https://user:pa55word@host/",
        "suggest-mapping https://user:pa55word@host/",
        "run --from https://user:pa55word@host/ --to dir:x",
        "run --from file:https://user:pa55word@host/ --to dir:x",
        "run --from - --to s3://KEY:pa55word/bucket",
        "run --from - --to https://user:pa55word@host/",
        "run --from - --to dir:x --quarantine ftp://user:pa55word@host/",
        "usage --ledger https://user:pa55word@host:0/ --meter m --from 2026-01-01 --to 2026-01-02",
        "ledger status --ledger https://user:pa55%%word@host/",
        "ledger status --ledger ftp://user:pa55word@host/",
        "ledger load --ledger https://user:pa55word@host/ x",
        "ledger load --ledger x ftp://user:pa55word@host/",
        "ledger load --ledger x s3://KEY:pa55word/bucket",
        "ledger meters --ledger x --define https://user:pa55word@host/",
        "serve --ledger x/y --token-file https://user:pa55word@host/",
        "serve --ledger x/y --host https://user:pa55word@host/",
        "https://user:pa55word@host/",
        "extracts://user:pa55word@host/",
      })
  void noMessageHoldsThePasswordOfAnAddress(String line) {
    for (boolean debug : new boolean[] {false, true}) {
      err.getBuffer().setLength(0);
      assertThat(execute(Meterline.commandLine(debug), line.split(" "))).isIn(1, 2);
      assertThat(err.toString()).startsWith("meterline: ").doesNotContain("pa55");
    }
  }

  private int run(String... arguments) {
    return execute(Meterline.commandLine(false), arguments);
  }

  private int fail(Exception failure, String... arguments) {
    return execute(Meterline.commandLine(false).addSubcommand(new Failing(failure)), arguments);
  }

  private int execute(CommandLine commandLine, String... arguments) {
    return commandLine
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }

  @Command(name = "fail")
  private record Failing(Exception failure) implements Callable<Integer> {
    @Override
    public Integer call() throws Exception {
      throw failure;
    }
  }
}
