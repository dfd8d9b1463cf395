package io.meterline.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
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
    CommandLine command = mistake.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    command.getErr().println("meterline: " + oneLine(wrongUsage(mistake)));
    command.getErr().println("'" + name + " --help' tells how.");
    return ExitCode.WRONG_USAGE;
  }

  @Override
  public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
    if (failure instanceof UnusableRules rules) {
      // A line for each mistake, as compilers have it: editors jump to them.
      command.getErr().println(rules.getMessage());
      return ExitCode.WRONG_USAGE;
    }
    if (!(failure instanceof CannotWrite output && output.isReaderGone())) {
      command.getErr().println("meterline: " + reason(failure));
    }
    if (debug) {
      failure.printStackTrace(command.getErr());
    }
    return ExitCode.FAILED;
  }

  private static String wrongUsage(ParameterException mistake) {
    if (mistake instanceof UnmatchedArgumentException unmatched) {
      String argument = unmatched.getUnmatched().getFirst();
      return (unmatched.isUnknownOption() ? "unknown option '" : noun(unmatched)) + argument + "'";
    }
    // picocli starts some of its messages so, and not others.
    return describe(mistake).replaceFirst("^Error: ", "");
  }

  private static String noun(UnmatchedArgumentException unmatched) {
    boolean commandMissing = unmatched.getCommandLine().getParent() == null;
    return commandMissing ? "unknown command '" : "unexpected argument '";
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
      default -> describe(failure);
    };
  }

  private static String describe(Throwable failure) {
    String message = failure.getMessage();
    return message == null || message.isBlank() ? failure.getClass().getSimpleName() : message;
  }

  private static String oneLine(String text) {
    return text.strip().replaceAll("\\s*\\R\\s*", " ");
  }
}
