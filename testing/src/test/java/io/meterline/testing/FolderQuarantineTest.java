package io.meterline.testing;

import io.meterline.core.BatchId;
import io.meterline.core.Quarantine;
import io.meterline.core.QuarantineLayout;
import io.meterline.core.Quarantined;
import io.meterline.core.folder.FolderQuarantine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

final class FolderQuarantineTest extends QuarantineContract {
  private final ReceivingFolder receiver;

  FolderQuarantineTest(@TempDir Path folder) {
    receiver = new ReceivingFolder(folder);
  }

  @Override
  protected Quarantine quarantine() {
    return new FolderQuarantine(receiver.path(), QuarantineLayout.DEFAULT);
  }

  @Override
  protected List<String> kept() throws IOException {
    List<String> kept = new ArrayList<>();
    for (Path file : receiver.files()) {
      kept.addAll(Files.readAllLines(file));
    }
    return kept;
  }

  @Override
  protected void breakDown(BatchId id, int part, List<Quarantined> entries) throws IOException {
    receiver.block(QuarantineLayout.DEFAULT.key(id, part, entries));
  }

  @Override
  protected void recover() throws IOException {
    receiver.unblock();
  }
}
