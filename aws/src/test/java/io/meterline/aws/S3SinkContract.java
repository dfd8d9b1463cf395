package io.meterline.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.core.BatchPart;
import io.meterline.core.Delivery;
import io.meterline.core.MeterSink;
import io.meterline.core.ObjectLayout;
import io.meterline.testing.Batches;
import io.meterline.testing.MeterSinkContract;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The contract of sinks over S3, whoever acts S3. */
abstract class S3SinkContract extends MeterSinkContract {
  private TestBucket bucket;

  abstract TestBucket newBucket();

  @BeforeEach
  final void makeBucket() {
    bucket = newBucket();
  }

  @Test
  final void aLargeObjectIsStoredAndSeenToBeThere() throws IOException {
    assertThat(sink().deliver(Batches.of(0, 60_000)).and(sink().deliver(Batches.of(0, 60_000))))
        .isEqualTo(new Delivery(1, 1));
    assertThat(bucket.objects()).containsExactly(Batches.records(0, 60_000));
  }

  @Override
  protected MeterSink sink() {
    return new S3Sink(
        bucket.bucket(),
        ObjectLayout.CONTRACT,
        S3Sink.DEFAULT_BOUNDS,
        bucket.retries(),
        bucket.clients);
  }

  @Override
  protected List<List<String>> objects() throws IOException {
    return bucket.objects();
  }

  @Override
  protected void breakDown(BatchPart part) {
    bucket.http.breakDown(text -> text.endsWith(ObjectLayout.CONTRACT.key(part)));
  }

  @Override
  protected void recover() {
    bucket.http.breakDown(text -> false);
  }
}
