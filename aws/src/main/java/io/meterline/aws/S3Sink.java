package io.meterline.aws;

import static java.util.Objects.requireNonNull;

import io.meterline.core.Batch;
import io.meterline.core.BatchPart;
import io.meterline.core.BodyFormat;
import io.meterline.core.Delivery;
import io.meterline.core.MeterSink;
import io.meterline.core.ObjectLayout;
import io.meterline.core.PartLimits;
import io.meterline.core.retry.Retries;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A bucket that records are delivered to, one object a part.
 *
 * <p>An object's key follows from what is in it, and it is put only where no object has that key: a
 * batch that comes again, also one whose first answer was lost, is stored once.
 */
public final class S3Sink implements MeterSink {
  /** Bodies of at most 32 MiB before compression. */
  public static final PartLimits DEFAULT_BOUNDS =
      new PartLimits(Integer.MAX_VALUE, 32 * 1024 * 1024);

  private final ObjectLayout layout;
  private final PartLimits bounds;
  private final S3Objects objects;

  public S3Sink(S3Bucket bucket, ObjectLayout layout, PartLimits bounds, Retries retries) {
    this(bucket, layout, bounds, retries, new AwsClients());
  }

  public S3Sink(
      S3Bucket bucket,
      ObjectLayout layout,
      PartLimits bounds,
      Retries retries,
      AwsClients clients) {
    this.layout = requireNonNull(layout, "layout is null");
    this.bounds = requireNonNull(bounds, "bounds is null");
    this.objects = new S3Objects(bucket, layout.prefix(), retries, clients);
  }

  @Override
  public Delivery deliver(Batch batch) throws IOException {
    Delivery delivery = Delivery.NOTHING;
    for (BatchPart part : batch.parts(bounds)) {
      ByteBuffer body = layout.format().body(part);
      delivery =
          delivery.and(
              Delivery.of(
                  objects.putIfAbsent(layout.key(part), body, contentType(layout.format()))));
    }
    return delivery;
  }

  private static String contentType(BodyFormat format) {
    return switch (format) {
      case JSON -> "application/json";
      case NDJSON -> "application/x-ndjson";
      // No Content-Encoding: a client that opens it by itself would surprise a reader of ".gz".
      case JSON_GZ, NDJSON_GZ -> "application/gzip";
    };
  }
}
