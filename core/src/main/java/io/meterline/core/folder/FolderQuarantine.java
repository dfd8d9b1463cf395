package io.meterline.core.folder;

import static java.util.Objects.requireNonNull;

import io.meterline.core.BatchId;
import io.meterline.core.Delivery;
import io.meterline.core.Quarantine;
import io.meterline.core.QuarantineLayout;
import io.meterline.core.Quarantined;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A folder that keeps what can't be delivered. */
public final class FolderQuarantine implements Quarantine {
  private final Path folder;
  private final QuarantineLayout layout;
  private final AtomicFiles files = new AtomicFiles();

  public FolderQuarantine(Path folder, QuarantineLayout layout) {
    this.folder = requireNonNull(folder, "folder is null");
    this.layout = requireNonNull(layout, "layout is null");
  }

  @Override
  public Delivery keep(BatchId id, int part, List<Quarantined> entries) throws IOException {
    if (entries.isEmpty()) {
      return Delivery.NOTHING;
    }
    Path file = folder.resolve(layout.key(id, part, entries));
    return Delivery.of(files.writeIfAbsent(file, layout.body(entries)));
  }
}
