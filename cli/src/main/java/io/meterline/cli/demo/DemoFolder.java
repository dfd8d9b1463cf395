package io.meterline.cli.demo;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The folder that a demo lives in.
 *
 * @param isKept whether it is still there when the demo has ended
 */
record DemoFolder(Path root, boolean isKept) implements AutoCloseable {
  /**
   * Makes the folder: the given one, which must be new or empty, since the table tells of one
   * demo's records; or a temporary one.
   */
  static DemoFolder make(Optional<Path> given) throws IOException {
    DemoFolder folder =
        given.isPresent()
            ? new DemoFolder(given.get().toAbsolutePath().normalize(), true)
            : new DemoFolder(Files.createTempDirectory("meterline-demo-"), false);
    if (Files.isDirectory(folder.root)) {
      folder.checkEmpty();
    } else {
      Files.createDirectories(folder.root);
    }
    Files.createDirectory(folder.bucket());
    Files.createDirectory(folder.quarantine());
    return folder;
  }

  private void checkEmpty() throws IOException {
    if (!Files.isWritable(root)) {
      throw new AccessDeniedException(root.toString());
    }
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(root)) {
      if (entries.iterator().hasNext()) {
        throw new FileSystemException(
            root.toString(), null, "there is something in it; give a new folder or an empty one");
      }
    }
  }

  /** The ingest bucket. */
  Path bucket() {
    return root.resolve("ingest-bucket");
  }

  Path quarantine() {
    return root.resolve("quarantine-bucket");
  }

  Path ledger() {
    return root.resolve("usage.ledger");
  }

  /** What the agents print. */
  Path agentLog() {
    return root.resolve("agents.log");
  }

  @Override
  public void close() throws IOException {
    if (isKept) {
      return;
    }
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
              throws IOException {
            Files.delete(folder);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
