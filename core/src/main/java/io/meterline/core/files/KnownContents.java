package io.meterline.core.files;

import io.meterline.core.files.Trace.Edge;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which checkpoints there are for files that start alike. */
final class KnownContents {
  /**
   * So many of other paths that start alike are looked at: with a banner of 1,024 bytes, all logs
   * do.
   */
  private static final int ALIKE = 1_000;

  private final Map<Edge, Set<Slot>> byHead = new HashMap<>();
  private final Map<Slot, Edge> heads = new HashMap<>();

  private KnownContents() {}

  static KnownContents in(Path folder) throws IOException {
    KnownContents known = new KnownContents();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, "*" + Checkpoints.SUFFIX)) {
      for (Path file : all) {
        known.read(file);
      }
    }
    return known;
  }

  private void read(Path file) throws IOException {
    Checkpoint checkpoint;
    try {
      checkpoint = Checkpoint.parse(Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      return;
    } catch (IOException e) {
      // It is reported when its own file is delivered.
      return;
    }
    add(Slot.of(checkpoint.identity()), checkpoint);
  }

  void add(Slot slot, Checkpoint checkpoint) {
    remove(slot);
    Edge head = checkpoint.head();
    if (head.bytes() > 0) {
      heads.put(slot, head);
      byHead.computeIfAbsent(head, any -> new LinkedHashSet<>()).add(slot);
    }
  }

  void remove(Slot slot) {
    Edge head = heads.remove(slot);
    Set<Slot> alike = head == null ? null : byHead.get(head);
    if (alike != null) {
      alike.remove(slot);
      if (alike.isEmpty()) {
        byHead.remove(head);
      }
    }
  }

  /** Heads are of many lengths, since files may be short when they are read first. */
  List<Slot> startingLike(Content content, String path) throws IOException {
    byte[] head = content.bytes(0, Edge.HEAD_BYTES);
    Set<Long> lengths = new LinkedHashSet<>();
    byHead.keySet().forEach(edge -> lengths.add(edge.bytes()));
    List<Slot> alike = new ArrayList<>();
    List<Slot> others = new ArrayList<>();
    for (long length : lengths) {
      if (length <= head.length) {
        byte[] start = Arrays.copyOf(head, (int) length);
        Edge edge = new Edge(length, FileIdentity.hash(start));
        for (Slot slot : byHead.getOrDefault(edge, Set.of())) {
          (slot.path().equals(path) ? alike : others).add(slot);
        }
      }
    }
    alike.addAll(others.size() > ALIKE ? others.subList(0, ALIKE) : others);
    return alike;
  }
}
