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
import org.jspecify.annotations.Nullable;

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
    return objects(
        (key, why) -> {
          throw why;
        });
  }

  @Override
  public Stream<PlacedObject> objects(Unreadable unreadable) throws IOException {
    return found((file, key) -> file.equals(root) || PlacedObject.isBody(key), unreadable);
  }

  @Override
  public Stream<PlacedObject> quarantine() throws IOException {
    // What can't be read is named when objects are listed.
    return found((file, key) -> PlacedObject.isQuarantine(key), (key, why) -> {});
  }

  private Stream<PlacedObject> found(BiPredicate<Path, String> wanted, Unreadable unreadable)
      throws IOException {
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
            return failed(file, failure);
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
              throws IOException {
            return failure == null ? FileVisitResult.CONTINUE : failed(folder, failure);
          }

          private FileVisitResult failed(Path path, IOException failure) throws IOException {
            if (path.equals(root)) {
              throw failure;
            }
            // A file under a temporary name, which has its own by now: a later pass finds it.
            if (!(failure instanceof NoSuchFileException) && !isHidden(path)) {
              unreadable.part(key(path), failure);
            }
            return FileVisitResult.CONTINUE;
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
