package io.meterline.core.folder;

import static java.util.Objects.requireNonNull;

import io.meterline.core.Batch;
import io.meterline.core.BatchPart;
import io.meterline.core.Delivery;
import io.meterline.core.MeterSink;
import io.meterline.core.ObjectLayout;
import io.meterline.core.PartLimits;
import java.io.IOException;
import java.nio.file.Path;

/** A folder as the bucket that records are delivered to. */
public final class FolderSink implements MeterSink {
  private final Path folder;
  private final ObjectLayout layout;
  private final AtomicFiles files = new AtomicFiles();

  public FolderSink(Path folder, ObjectLayout layout) {
    this.folder = requireNonNull(folder, "folder is null");
    this.layout = requireNonNull(layout, "layout is null");
  }

  @Override
  public Delivery deliver(Batch batch) throws IOException {
    Delivery delivery = Delivery.NOTHING;
    for (BatchPart part : batch.parts(PartLimits.NONE)) {
      Path file = folder.resolve(layout.key(part));
      boolean written = layout.format().use(part, body -> files.writeIfAbsent(file, body));
      delivery = delivery.and(Delivery.of(written));
    }
    return delivery;
  }
}
