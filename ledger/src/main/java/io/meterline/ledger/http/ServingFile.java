package io.meterline.ledger.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.meterline.core.json.JsonText;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where a ledger is served, as a file beside it says: {@code FILE.serving}, which its owner alone
 * can read. There is no token in it.
 *
 * @param address of the server, as a program on this machine reaches it
 * @param process its id
 * @param startedMillis when the process started; 0 where that is not known
 */
public record ServingFile(URI address, long process, long startedMillis) {
  private static final long CLOCK_MILLIS = 2_000;

  public ServingFile {
    requireNonNull(address, "address is null");
  }

  /** What this process serves. */
  public static ServingFile here(URI address) {
    ProcessHandle process = ProcessHandle.current();
    return new ServingFile(address, process.pid(), started(process));
  }

  private static long started(ProcessHandle process) {
    return process.info().startInstant().map(at -> at.toEpochMilli()).orElse(0L);
  }

  static Path beside(Path ledger) {
    Path path = ledger.toAbsolutePath().normalize();
    return path.resolveSibling(
        requireNonNull(path.getFileName(), "the root is not a file") + ".serving");
  }

  /** Writes it beside the ledger, in place of one that was left behind. */
  public void write(Path ledger) throws IOException {
    Path file = beside(ledger);
    // Temporary files are their owner's alone.
    Path temporary =
        Files.createTempFile(requireNonNull(file.getParent(), "no folder"), ".serving-", "");
    try {
      Files.write(
          temporary,
          new JsonText()
              .member("address", address.toString())
              .literal("process", Long.toString(process))
              .literal("startedMillis", Long.toString(startedMillis))
              .end());
      Files.move(
          temporary, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  /** Removes it, unless it is another process's by now. */
  public void remove(Path ledger) throws IOException {
    if (read(ledger).filter(this::equals).isPresent()) {
      Files.deleteIfExists(beside(ledger));
    }
  }

  /** Who serves the ledger; empty where nobody does, or the process that did is gone. */
  public static Optional<ServingFile> ofRunning(Path ledger) throws IOException {
    return read(ledger).filter(ServingFile::isRunning);
  }

  private boolean isRunning() {
    // An id is given again: the process must have started when the one did that wrote the file.
    return ProcessHandle.of(process)
        .filter(ProcessHandle::isAlive)
        .filter(found -> startedMillis == 0 || isStartOf(found))
        .isPresent();
  }

  /** Linux tells it from the time of booting, which changes a little where the clock is set. */
  private boolean isStartOf(ProcessHandle found) {
    return Math.abs(started(found) - startedMillis) <= CLOCK_MILLIS;
  }

  private static Optional<ServingFile> read(Path ledger) throws IOException {
    Map<String, String> members = new HashMap<>();
    try {
      AnswerReader json = new AnswerReader(Files.readString(beside(ledger)).getBytes(UTF_8));
      json.object(name -> members.put(name, json.text()));
      return Optional.of(
          new ServingFile(
              URI.create(members.getOrDefault("address", "")),
              Long.parseLong(members.getOrDefault("process", "")),
              Long.parseLong(members.getOrDefault("startedMillis", ""))));
    } catch (IOException | IllegalArgumentException e) {
      // Nothing is there, or something else by that name, or it is another user's.
      return Optional.empty();
    }
  }
}
