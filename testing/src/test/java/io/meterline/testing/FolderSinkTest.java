package io.meterline.testing;

import io.meterline.core.BatchPart;
import io.meterline.core.BodyFormat;
import io.meterline.core.MeterSink;
import io.meterline.core.ObjectLayout;
import io.meterline.core.folder.FolderSink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

final class FolderSinkTest extends MeterSinkContract {
  private static final ObjectLayout LAYOUT = new ObjectLayout("ingest/records", BodyFormat.NDJSON);

  private final ReceivingFolder receiver;

  FolderSinkTest(@TempDir Path folder) {
    receiver = new ReceivingFolder(folder);
  }

  @Override
  protected MeterSink sink() {
    return new FolderSink(receiver.path(), LAYOUT);
  }

  @Override
  protected List<List<String>> objects() throws IOException {
    List<List<String>> objects = new ArrayList<>();
    for (Path file : receiver.files()) {
      objects.add(Files.readAllLines(file));
    }
    return objects;
  }

  @Override
  protected void breakDown(BatchPart part) throws IOException {
    receiver.block(LAYOUT.key(part));
  }

  @Override
  protected void recover() throws IOException {
    receiver.unblock();
  }
}
