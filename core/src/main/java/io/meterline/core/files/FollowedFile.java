package io.meterline.core.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A path that is followed: the file that it stands for is held open, so that it can be read to its
 * end when it is rotated away, and so are the last ones before it.
 */
final class FollowedFile implements AutoCloseable {
  /** How many files that were rotated away are held. */
  private static final int HELD = 3;

  private final FileRun run;
  private final Path path;
  private final List<OpenFile> held = new ArrayList<>();
  private @Nullable OpenFile open;
  private @Nullable Object key;
  private FileTime modified = FileTime.fromMillis(0);
  private long size;
  private long heldSize;
  private boolean shrunk;
  private boolean unsettled;
  private boolean moved;
  private long changedSince = -1;
  private long missingSince = -1;

  FollowedFile(FileRun run, Path path) {
    this.run = run;
    this.path = path;
  }

  String name() {
    return FileNames.printable(path);
  }

  /** How many files it holds open. */
  int openFiles() {
    return held.size() + (open == null ? 0 : 1);
  }

  /** Looks whether there is something to deliver, but delivers nothing. */
  void look(long now) throws IOException {
    BasicFileAttributes found = attributes();
    boolean changed = false;
    if (found == null) {
      missingSince = missingSince < 0 ? now : missingSince;
      unsettled = false;
      OpenFile last = open;
      changed = last != null && last.channel().size() != size;
    } else {
      missingSince = -1;
      moved = open != null && !Objects.equals(found.fileKey(), key);
      // An editor empties a file before it writes it: only what is short for longer was cut off.
      boolean shorter = open != null && !moved && found.size() < size;
      changed =
          open == null
              || moved
              || (shorter && shrunk)
              || (!shorter && (found.size() != size || !found.lastModifiedTime().equals(modified)));
      unsettled = shorter && !shrunk;
      shrunk = shorter;
    }
    if ((changed || heldSize() != heldSize) && changedSince < 0) {
      changedSince = now;
    }
  }

  private @Nullable BasicFileAttributes attributes() throws IOException {
    try {
      BasicFileAttributes found = Files.readAttributes(path, BasicFileAttributes.class);
      return found.isRegularFile() ? found : null;
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  private long heldSize() throws IOException {
    long bytes = 0;
    for (OpenFile file : held) {
      bytes += file.channel().size();
    }
    return bytes;
  }

  boolean hasChanged() {
    return changedSince >= 0 && !unsettled;
  }

  /** Whether it is time to deliver: there is enough, or it has waited, or it was rotated. */
  boolean isDue(long now, long waitMillis, long enoughBytes) throws IOException {
    OpenFile last = open;
    return hasChanged()
        && (last == null
            || moved
            || last.channel().size() < size
            || last.channel().size() - size >= enoughBytes
            || now - changedSince >= waitMillis);
  }

  /** Whether its path has stood for nothing so long that it is not followed any more. */
  boolean isGone(long now, long quietMillis) {
    return missingSince >= 0 && now - missingSince >= quietMillis;
  }

  /**
   * Delivers what is new.
   *
   * @param awaitsLines whether a last line that does not end is left for later
   */
  void deliver(boolean awaitsLines) throws IOException {
    OpenFile file = open;
    if (file != null && (moved || missingSince >= 0)) {
      file = run.again(file);
      open = file;
      size = deliver(file, awaitsLines);
      if (moved) {
        hold(file);
        open = null;
        file = null;
      }
    }
    if (missingSince < 0) {
      BasicFileAttributes before = attributes();
      if (before == null) {
        return;
      }
      if (file == null) {
        file = run.open(path);
        open = file;
        key = before.fileKey();
        size = 0;
      } else {
        file = run.again(file);
        open = file;
      }
      moved = false;
      BasicFileAttributes after = attributes();
      if (after == null || !Objects.equals(after.fileKey(), key)) {
        // It is rotated at this very moment: the next look sees what became of it.
        moved = after != null;
        return;
      }
      size = deliver(file, awaitsLines);
      modified = before.lastModifiedTime();
    }
    heldSize = heldSize();
    shrunk = false;
    changedSince = -1;
  }

  /** How long the file was when it was read, or less. */
  private long deliver(OpenFile file, boolean awaitsLines) throws IOException {
    long length = file.channel().size();
    run.deliver(file, held, bytes -> {}, awaitsLines);
    return length;
  }

  private void hold(OpenFile file) throws IOException {
    held.addFirst(file);
    if (held.size() > HELD) {
      held.removeLast().close();
    }
  }

  @Override
  public void close() throws IOException {
    for (OpenFile file : held) {
      file.close();
    }
    held.clear();
    if (open != null) {
      open.close();
      open = null;
    }
  }
}
