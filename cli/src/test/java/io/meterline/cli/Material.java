package io.meterline.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;

/** Log material for the program, and the books over what it delivered. */
final class Material {
  private static final Pattern UNIQUE_ID = Pattern.compile("\"uniqueId\":\"r(\\d+)\"");

  private Material() {}

  static String record(int number) {
    return "{\"meterApiName\":\"api-calls\",\"customerId\":\"c%d\",\"meterValue\":1,\"meterTimeInMillis\":1663094105062,\"uniqueId\":\"r%d\"}"
        .formatted(number % 10, number);
  }

  static String line(int number) {
    return "2022-09-13T19:21:45.062Z INFO meter_record_for_stream " + record(number) + "\n";
  }

  static String lines(int from, int to) {
    return IntStream.range(from, to).mapToObj(Material::line).collect(Collectors.joining());
  }

  /** A payload of CloudWatch Logs; the ids of its events count from {@code firstId}. */
  static byte[] payload(List<String> messages, int firstId) {
    String events =
        IntStream.range(0, messages.size())
            .mapToObj(
                i ->
                    "{\"id\":\"%056d\",\"timestamp\":1663094105062,\"message\":%s}"
                        .formatted(firstId + i, quoted(messages.get(i))))
            .collect(Collectors.joining(","));
    return ("{\"messageType\":\"DATA_MESSAGE\",\"owner\":\"123456789012\",\"logGroup\":\"g\",\"logStream\":\"s\",\"subscriptionFilters\":[\"f\"],\"logEvents\":["
            + events
            + "]}")
        .getBytes(UTF_8);
  }

  static byte[] kinesisEvent(List<byte[]> payloads) {
    return IntStream.range(0, payloads.size())
        .mapToObj(
            i ->
                "{\"kinesis\":{\"kinesisSchemaVersion\":\"1.0\",\"partitionKey\":\"p\",\"sequenceNumber\":\"%056d\",\"data\":\"%s\",\"approximateArrivalTimestamp\":1663094105.062},\"eventSource\":\"aws:kinesis\",\"eventID\":\"shardId-000000000000:%056d\",\"eventSourceARN\":\"arn:aws:kinesis:eu-west-1:123456789012:stream/s\"}"
                    .formatted(i, base64(payloads.get(i)), i))
        .collect(Collectors.joining(",", "{\"Records\":[", "]}"))
        .getBytes(UTF_8);
  }

  static byte[] directEvent(byte[] payload) {
    return ("{\"awslogs\":{\"data\":\"" + base64(payload) + "\"}}").getBytes(UTF_8);
  }

  static byte[] gzip(byte[] content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static String quoted(String text) {
    String escaped = text.replace("\\", "\\\\").replace("\"", "\\\"");
    return '"' + escaped.replace("\n", "\\n").replace("\t", "\\t") + '"';
  }

  /** The numbers of all records below a folder, each as often as it is there, in order. */
  static List<Integer> books(Path folder) throws IOException {
    List<Integer> numbers = new ArrayList<>();
    for (Path file : files(folder)) {
      Matcher ids = UNIQUE_ID.matcher(Files.readString(file));
      while (ids.find()) {
        numbers.add(Integer.valueOf(ids.group(1)));
      }
    }
    numbers.sort(null);
    return numbers;
  }

  /** All files below a folder, sorted, while a program may be creating and renaming others. */
  static List<Path> files(Path folder) throws IOException {
    List<Path> files = new ArrayList<>();
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile()) {
              files.add(file);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (e instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw e;
          }
        });
    files.sort(null);
    return files;
  }

  static List<Integer> numbers(int from, int to) {
    return IntStream.range(from, to).boxed().toList();
  }
}
