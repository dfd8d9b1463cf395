package io.meterline.cli;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Waits until one of some files is saved. */
final class SavedFiles implements AutoCloseable {
  /** An editor may write a file in several steps: what comes within this time is one save. */
  private static final long SETTLING_MILLIS = 50;

  private final WatchService service;
  private final Set<Path> files;

  private SavedFiles(WatchService service, Set<Path> files) {
    this.service = service;
    this.files = files;
  }

  static SavedFiles watch(List<Path> files) throws IOException {
    WatchService service = FileSystems.getDefault().newWatchService();
    Set<Path> watched =
        files.stream().map(file -> file.toAbsolutePath().normalize()).collect(Collectors.toSet());
    for (Path file : watched) {
      // The folder, since editors replace a file by another one.
      Path folder = file.getParent();
      if (folder != null) {
        folder.register(
            service, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY);
      }
    }
    return new SavedFiles(service, watched);
  }

  /** Waits for the next save; false where the thread is interrupted. */
  boolean await() {
    try {
      while (true) {
        if (isMeant(service.take())) {
          settle();
          return true;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void settle() throws InterruptedException {
    @Nullable WatchKey more = service.poll(SETTLING_MILLIS, TimeUnit.MILLISECONDS);
    while (more != null) {
      more.pollEvents();
      more.reset();
      more = service.poll(SETTLING_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private boolean isMeant(WatchKey key) {
    boolean meant = false;
    for (WatchEvent<?> event : key.pollEvents()) {
      meant |=
          event.context() instanceof Path name
              && key.watchable() instanceof Path folder
              && files.contains(folder.resolve(name));
    }
    key.reset();
    return meant;
  }

  @Override
  public void close() throws IOException {
    service.close();
  }
}
