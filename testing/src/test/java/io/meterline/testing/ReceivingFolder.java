package io.meterline.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A folder as a receiver, which can be made to refuse one object. */
final class ReceivingFolder {
  private final Path folder;
  private final List<Path> blocked = new ArrayList<>();

  ReceivingFolder(Path folder) {
    this.folder = folder;
  }

  Path path() {
    return folder;
  }

  /** The objects in it, in the order of their names. */
  List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).sorted().toList();
    }
  }

  /** Puts a folder with something in it where the object would go. */
  void block(String key) throws IOException {
    Path inTheWay = folder.resolve(key).resolve("in the way");
    Files.createDirectories(inTheWay);
    blocked.add(inTheWay);
  }

  void unblock() throws IOException {
    for (Path inTheWay : blocked) {
      Files.delete(inTheWay);
      Files.delete(inTheWay.getParent());
    }
    blocked.clear();
  }
}
