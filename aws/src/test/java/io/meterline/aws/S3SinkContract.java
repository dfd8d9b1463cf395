package io.meterline.aws;

import io.meterline.BatchPart;
import io.meterline.MeterSink;
import io.meterline.ObjectLayout;
import io.meterline.testing.MeterSinkContract;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;

/** The contract of sinks over S3, whoever acts S3. */
abstract class S3SinkContract extends MeterSinkContract {
  private TestBucket bucket;

  abstract TestBucket newBucket();

  @BeforeEach
  final void makeBucket() {
    bucket = newBucket();
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
