package io.meterline.aws;

import static java.util.Objects.requireNonNull;

import io.meterline.core.BatchId;
import io.meterline.core.Delivery;
import io.meterline.core.Quarantine;
import io.meterline.core.QuarantineLayout;
import io.meterline.core.Quarantined;
import io.meterline.core.retry.Retries;
import java.io.IOException;
import java.util.List;

/** A bucket that keeps what can't be delivered. */
public final class S3Quarantine implements Quarantine {
  private final QuarantineLayout layout;
  private final S3Objects objects;

  public S3Quarantine(S3Bucket bucket, QuarantineLayout layout, Retries retries) {
    this(bucket, layout, retries, new AwsClients());
  }

  public S3Quarantine(
      S3Bucket bucket, QuarantineLayout layout, Retries retries, AwsClients clients) {
    this.layout = requireNonNull(layout, "layout is null");
    this.objects = new S3Objects(bucket, layout.prefix(), retries, clients);
  }

  @Override
  public Delivery keep(BatchId id, int part, List<Quarantined> entries) throws IOException {
    if (entries.isEmpty()) {
      return Delivery.NOTHING;
    }
    String key = layout.key(id, part, entries);
    return Delivery.of(objects.putIfAbsent(key, layout.body(entries), "application/x-ndjson"));
  }
}
