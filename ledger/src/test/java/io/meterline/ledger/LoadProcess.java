package io.meterline.ledger;

import io.meterline.core.Limits;
import io.meterline.ledger.place.Folder;
import io.meterline.ledger.store.WriterBounds;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;

/** Loads a folder in a process of its own, which a test may kill. */
final class LoadProcess {
  /** Small, so that there are many commits to be killed between and within. */
  private static final WriterBounds BOUNDS = new WriterBounds(2_000, 1_000);

  private LoadProcess() {}

  /**
   * The ledger's file and the folder; and how many bytes a file may have at most, as on a disk that
   * is full then.
   */
  public static void main(String[] arguments) {
    LedgerSettings settings =
        new LedgerSettings("200MB", 2, BOUNDS, Limits.DEFAULT, InstantSource.system());
    try (Ledger ledger = Ledger.open(Path.of(arguments[0]), settings)) {
      System.out.println("open");
      if (arguments.length > 2) {
        limitFiles(arguments[2]);
      }
      System.out.println(ledger.load(new Folder(Path.of(arguments[1])), LoadListener.NONE));
    } catch (IOException e) {
      System.out.println(e.getMessage());
      System.exit(1);
    }
  }

  private static void limitFiles(String bytes) throws IOException {
    String self = Long.toString(ProcessHandle.current().pid());
    new ProcessBuilder("prlimit", "--pid", self, "--fsize=" + bytes)
        .inheritIO()
        .start()
        .onExit()
        .join();
  }
}
