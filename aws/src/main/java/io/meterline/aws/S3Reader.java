package io.meterline.aws;

import static java.util.Objects.requireNonNull;

import io.meterline.core.QuarantineLayout;
import io.meterline.core.retry.Retries;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Reads the objects below a prefix of a bucket, in parts of bounded size. For several threads. */
public final class S3Reader {
  /** What is read at once, and so is kept in memory. */
  static final int PART_BYTES = 4 * 1024 * 1024;

  private static final int GONE = 404;
  private static final int CHANGED = 412;
  private static final int BEHIND_THE_END = 416;

  private final S3Bucket bucket;
  private final String prefix;
  private final AwsCalls calls;
  private final S3Client client;

  /**
   * An object as the listing tells it.
   *
   * @param eTag changes when the content does
   */
  public record Listed(String key, long bytes, String eTag) {}

  /**
   * A stretch of an object.
   *
   * @param eTag of the object that it was read from
   * @param objectBytes how long the whole object is
   */
  @SuppressWarnings("ArrayRecordComponent") // Handed on, and never compared.
  record Part(byte[] bytes, String eTag, long objectBytes) {}

  S3Reader(S3Bucket bucket, String prefix, Retries retries, AwsClients clients) {
    this.bucket = requireNonNull(bucket, "bucket is null");
    this.prefix = requireNonNull(prefix, "prefix is null");
    CredentialsSource credentials =
        CredentialsSource.of(bucket.credentials(), bucket.region(), clients);
    this.calls = new AwsCalls(credentials, retries);
    this.client = clients.s3(bucket.region(), bucket.endpoint(), credentials.provider());
  }

  /**
   * A reader of the objects that {@code s3://BUCKET/PREFIX} names; options are those of a sink. A
   * prefix is a folder, or one object.
   *
   * @throws IllegalArgumentException with words for the one who wrote the URI
   */
  public static S3Reader of(String uri, DestinationSettings settings) {
    S3Uri parsed = S3Uri.sink(uri, settings);
    return new S3Reader(
        parsed.bucket(),
        parsed.prefix().map(S3Reader::folder).orElse(""),
        Retries.system(AwsRetries.within(settings.retryBudget().orElse(AwsRetries.DEFAULT_BUDGET))),
        new AwsClients());
  }

  /** Where a name ends like an object's it is one; else a folder, so that no other starts alike. */
  private static String folder(String prefix) {
    return prefix.endsWith("/") || prefix.matches(".*\\.(nd)?jsonl?(\\.gz)?")
        ? prefix
        : prefix + "/";
  }

  /** The bucket's URI, from which it can be read again with the same credentials. */
  public String uri() {
    return "s3://%s?%sregion=%s"
        .formatted(
            bucket.name(),
            bucket.endpoint().map(endpoint -> "endpoint=" + endpoint + "&").orElse(""),
            bucket.region());
  }

  /** The URI that was given, without its keys and roles. */
  public String root() {
    return prefix.isEmpty()
        ? uri()
        : uri().replaceFirst("\\?", "/" + Matcher.quoteReplacement(prefix) + "?");
  }

  /** The prefixes below which sinks with this prefix put what they can't deliver. */
  public List<String> quarantines() {
    return Stream.of(prefix + QuarantineLayout.DEFAULT.prefix(), QuarantineLayout.DEFAULT.prefix())
        .distinct()
        .toList();
  }

  /** All objects there, in the order of their keys. */
  public Listing list() throws IOException {
    return list(prefix);
  }

  /** All objects of the bucket below a prefix, in the order of their keys. */
  public Listing list(String below) throws IOException {
    return new Listing(below);
  }

  /** Opens an object; nothing of it is kept but two parts. */
  public S3ObjectStream open(String key) {
    return new S3ObjectStream(this, key);
  }

  /**
   * Reads a part.
   *
   * @param eTag that the object must still have; null for any
   */
  Part read(String key, long from, @Nullable String eTag) throws IOException {
    GetObjectRequest request =
        GetObjectRequest.builder()
            .bucket(bucket.name())
            .key(key)
            .range("bytes=%d-%d".formatted(from, from + PART_BYTES - 1))
            .ifMatch(eTag)
            .build();
    String place = "s3://" + bucket.name() + "/" + key;
    Optional<Part> part =
        calls.call(place, permission("s3:GetObject", "/" + prefix + "*"), () -> get(request));
    return part.orElseThrow(
        () ->
            eTag == null
                ? new FileNotFoundException(place + ": it is there no more")
                : new IOException(place + ": it was changed while it was read"));
  }

  private Optional<Part> get(GetObjectRequest request) {
    try {
      ResponseBytes<GetObjectResponse> answer =
          client.getObject(request, ResponseTransformer.toBytes());
      byte[] bytes = answer.asByteArrayUnsafe();
      return Optional.of(
          new Part(bytes, answer.response().eTag(), objectBytes(answer.response(), bytes.length)));
    } catch (S3Exception e) {
      return switch (e.statusCode()) {
        case GONE, CHANGED -> noSuchKey(e);
        // Of an object without bytes there is no first one.
        case BEHIND_THE_END -> Optional.of(new Part(new byte[0], "", 0));
        default -> throw e;
      };
    }
  }

  private static Optional<Part> noSuchKey(S3Exception failure) {
    if (Failures.code(failure).equals("NoSuchBucket")) {
      throw failure;
    }
    return Optional.empty();
  }

  /** The number after the slash of {@code bytes 0-99/1234}. */
  private static long objectBytes(GetObjectResponse answer, int read) {
    String range = answer.contentRange();
    return range == null ? read : Long.parseLong(range.substring(range.indexOf('/') + 1));
  }

  private String permission(String action, String what) {
    return "%s on arn:aws:s3:::%s%s".formatted(action, bucket.name(), what);
  }

  /** Objects page by page, as far as they are asked for. */
  public final class Listing implements Iterator<Listed> {
    private final String below;
    private Iterator<Listed> page;
    private @Nullable String next;

    private Listing(String below) throws IOException {
      this.below = below;
      page = read(null);
    }

    private Iterator<Listed> read(@Nullable String token) throws IOException {
      ListObjectsV2Request request =
          ListObjectsV2Request.builder()
              .bucket(bucket.name())
              .prefix(below)
              .continuationToken(token)
              .build();
      ListObjectsV2Response answer =
          calls.call(
              "s3://" + bucket.name() + "/" + below,
              permission("s3:ListBucket", ""),
              () -> client.listObjectsV2(request));
      next = Boolean.TRUE.equals(answer.isTruncated()) ? answer.nextContinuationToken() : null;
      List<Listed> found =
          answer.contents().stream()
              .map(object -> new Listed(object.key(), object.size(), object.eTag()))
              .toList();
      return found.iterator();
    }

    @Override
    public boolean hasNext() {
      while (!page.hasNext() && next != null) {
        try {
          page = read(next);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
      return page.hasNext();
    }

    @Override
    public Listed next() {
      if (!hasNext()) {
        throw new NoSuchElementException("the listing is at its end");
      }
      return page.next();
    }
  }
}
