package io.meterline.cli;

import io.meterline.core.UriText;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.UnknownHostException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what went wrong in one line on stderr, {@code meterline: …}. */
final class Complaints implements IParameterExceptionHandler, IExecutionExceptionHandler {
  private final boolean debug;

  Complaints(boolean debug) {
    this.debug = debug;
  }

  @Override
  public int handleParseException(ParameterException mistake, String[] arguments) {
    UnknownWord unknown = unknownWord(mistake, arguments);
    CommandLine command = unknown == null ? mistake.getCommandLine() : unknown.command();
    // picocli starts some of its messages so, and not others.
    String message =
        unknown == null ? describe(mistake).replaceFirst("^Error: ", "") : unknown.message();
    String name = command.getCommandSpec().qualifiedName();
    PrintWriter words = mistake.getCommandLine().getErr();
    words.println("meterline: " + oneLine(message));
    words.println("'" + name + " --help' tells how.");
    return ExitCode.WRONG_USAGE;
  }

  private static @Nullable UnknownWord unknownWord(ParameterException mistake, String[] arguments) {
    CommandLine root = mistake.getCommandLine();
    while (root.getParent() != null) {
      root = root.getParent();
    }
    return UnknownWord.optionIn(root, arguments)
        .orElseGet(
            () ->
                mistake instanceof UnmatchedArgumentException unmatched
                    ? UnknownWord.of(unmatched)
                    : null);
  }

  @Override
  public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
    if (failure instanceof UnusableRules rules) {
      // A line for each mistake, as compilers have it: editors jump to them.
      command.getErr().println(UriText.hiddenIn(String.valueOf(rules.getMessage())));
      return ExitCode.WRONG_USAGE;
    }
    if (!(failure instanceof CannotWrite output && output.isReaderGone())) {
      command.getErr().println("meterline: " + reason(failure));
    }
    if (debug) {
      StringWriter trace = new StringWriter();
      failure.printStackTrace(new PrintWriter(trace));
      command.getErr().print(UriText.hiddenIn(trace.toString()));
      command.getErr().flush();
    }
    return ExitCode.FAILED;
  }

  /** What went wrong with a file, in one line that starts with its name. */
  static String reason(String file, IOException failure) {
    String reason = reason(failure);
    return failure instanceof FileSystemException || reason.startsWith(file)
        ? reason
        : file + ": " + reason;
  }

  /** What went wrong with a file, without its name. */
  static String reasonAlone(IOException failure) {
    String reason = reason(failure);
    return failure instanceof FileSystemException named && reason.startsWith(named.getFile() + ": ")
        ? reason.substring(named.getFile().length() + 2)
        : reason;
  }

  /** What went wrong, in one line. */
  static String reason(Throwable failure) {
    return oneLine(words(failure));
  }

  /** The JDK's file exceptions name the file and leave the reason to their type. */
  private static String words(Throwable failure) {
    return switch (failure) {
      case UncheckedIOException wrapper when wrapper.getCause() != null ->
          words(wrapper.getCause());
      case NoSuchFileException missing -> missing.getFile() + ": no such file or folder";
      case NotDirectoryException file -> file.getFile() + ": a file, where a folder is expected";
      case FileAlreadyExistsException file ->
          file.getFile() + ": a file, where a folder is expected";
      case AccessDeniedException denied -> denied.getFile() + ": permission denied";
      case FileSystemException other when other.getReason() != null ->
          other.getFile() + ": " + other.getReason();
      case FileSystemException other -> other.getFile() + ": " + other.getClass().getSimpleName();
      case CharacterCodingException _ -> "not text in UTF-8";
      case UnknownHostException host -> "the host " + host.getMessage() + " can't be found";
      default -> describe(failure);
    };
  }

  private static String describe(Throwable failure) {
    String message = failure.getMessage();
    return message == null || message.isBlank() ? failure.getClass().getSimpleName() : message;
  }

  /** On one line, and without the passwords of addresses that an argument or a file holds. */
  private static String oneLine(String text) {
    return UriText.hiddenIn(text).strip().replaceAll("\\s*\\R\\s*", " ");
  }
}
