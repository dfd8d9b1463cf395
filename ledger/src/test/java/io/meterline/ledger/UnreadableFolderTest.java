package io.meterline.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meterline.ledger.place.Folder;
import io.meterline.ledger.place.PlacedObject;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A folder in which one can't be read. Not even root can list one whose path is longer than the
 * system allows, which steps within it can make.
 */
final class UnreadableFolderTest {
  @TempDir private Path folder;
  private Path place;

  @BeforeEach
  void make() throws Exception {
    place = Files.createDirectory(folder.resolve("place"));
    Files.writeString(place.resolve("a.json"), Records.json("m", "c", 1, "1", "a"));
    Path deep = Files.createDirectory(place.resolve("deep"));
    String name = "d".repeat(100);
    // The shell steps down until not even it can.
    run(
        "cd '%s'; while mkdir %s && cd %s; do :; done 2>/dev/null; true"
            .formatted(deep, name, name));
    Files.writeString(place.resolve("z.json"), Records.json("m", "c", 1, "1", "z"));
  }

  @AfterEach
  void remove() throws Exception {
    run("rm -rf '%s'".formatted(place));
  }

  @Test
  void isNamedAndTheRestIsLoaded() throws Exception {
    List<String> unreadable = new ArrayList<>();
    try (Ledger ledger = Ledger.open(folder.resolve("ledger"), LedgerSettings.DEFAULT)) {
      LoadReport report =
          ledger.load(
              new Folder(place),
              new LoadListener() {
                @Override
                public void unreadable(PlacedObject object, String why) {
                  unreadable.add(object.key() + ": " + why);
                }
              });
      assertThat(report.objects()).isEqualTo(2);
      assertThat(report.isComplete()).isFalse();
    }
    assertThat(unreadable).singleElement().asString().startsWith("deep/ddd").contains("can't be");
  }

  @Test
  void isNamedByACheckThatLooksAtTheRest() throws Exception {
    Path file = folder.resolve("ledger");
    try (Ledger ledger = Ledger.open(file, LedgerSettings.DEFAULT)) {
      ledger.load(new Folder(place), LoadListener.NONE);
    }
    Files.writeString(place.resolve("new.json"), Records.json("m", "c", 1, "1", "new"));
    List<String> complaints = new ArrayList<>();
    LedgerCheck.Outcome outcome =
        new LedgerCheck(file, LedgerSettings.DEFAULT, name -> new Folder(place))
            .run(
                List.of(),
                new LoadListener() {
                  @Override
                  public void complaint(String key, String why) {
                    complaints.add(key + ": " + why);
                  }
                });
    assertThat(outcome.notLoaded()).isEqualTo(1);
    assertThat(outcome.findings()).singleElement().asString().startsWith("new.json: ");
    assertThat(outcome.isComplete()).isFalse();
    assertThat(complaints).singleElement().asString().startsWith("deep/ddd");
  }

  @Test
  void isAFailureWhereNobodyHearsOfIt() {
    assertThatThrownBy(() -> new Folder(place).objects()).isInstanceOf(FileSystemException.class);
  }

  private static void run(String script) throws Exception {
    Process process = new ProcessBuilder("sh", "-c", script).inheritIO().start();
    assertThat(process.waitFor()).isZero();
  }
}
