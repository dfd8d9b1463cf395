package io.meterline.ledger.place;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.stream.Stream;

/** A folder of ingest objects, or one of them; hidden files and folders are none. */
public final class Folder implements ObjectSource {
  private final Path root;

  public Folder(Path root) throws IOException {
    this.root = root.toAbsolutePath().normalize();
    if (!Files.exists(this.root)) {
      throw new NoSuchFileException(this.root.toString());
    }
  }

  @Override
  public String place() {
    return "dir:" + folder();
  }

  @Override
  public String root() {
    return "dir:" + root;
  }

  @Override
  public Stream<PlacedObject> objects() throws IOException {
    return found((file, key) -> file.equals(root) || PlacedObject.isBody(key));
  }

  @Override
  public Stream<PlacedObject> quarantine() throws IOException {
    return found((file, key) -> PlacedObject.isQuarantine(key));
  }

  private Stream<PlacedObject> found(BiPredicate<Path, String> wanted) throws IOException {
    List<PlacedObject> found = new ArrayList<>();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return isHidden(folder) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            String key = key(file);
            if (attributes.isRegularFile() && !isHidden(file) && wanted.test(file, key)) {
              String version = attributes.size() + "-" + attributes.lastModifiedTime().toMillis();
              found.add(new PlacedObject(key, attributes.size(), version));
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failure)
              throws IOException {
            // A file in the writing, which has its own name by now: a later pass finds it.
            if (failure instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw failure;
          }
        });
    found.sort(Comparator.comparing(PlacedObject::key));
    return found.stream();
  }

  @Override
  public InputStream open(String key) throws IOException {
    return Files.newInputStream(folder().resolve(key));
  }

  private boolean isHidden(Path path) {
    Path name = path.getFileName();
    return !path.equals(root) && name != null && name.toString().startsWith(".");
  }

  private String key(Path file) {
    return folder().relativize(file).toString().replace('\\', '/');
  }

  private Path folder() {
    Path parent = root.getParent();
    return parent == null || Files.isDirectory(root) ? root : parent;
  }
}
