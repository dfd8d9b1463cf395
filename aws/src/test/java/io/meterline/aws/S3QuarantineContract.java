package io.meterline.aws;

import io.meterline.core.BatchId;
import io.meterline.core.Quarantine;
import io.meterline.core.QuarantineLayout;
import io.meterline.core.Quarantined;
import io.meterline.testing.QuarantineContract;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;

/** The contract of quarantines over S3, whoever acts S3. */
abstract class S3QuarantineContract extends QuarantineContract {
  private TestBucket bucket;

  abstract TestBucket newBucket();

  @BeforeEach
  final void makeBucket() {
    bucket = newBucket();
  }

  @Override
  protected Quarantine quarantine() {
    return new S3Quarantine(
        bucket.bucket(), QuarantineLayout.DEFAULT, bucket.retries(), bucket.clients);
  }

  @Override
  protected List<String> kept() throws IOException {
    return bucket.objects().stream().flatMap(List::stream).toList();
  }

  @Override
  protected void breakDown(BatchId id, int part, List<Quarantined> entries) {
    bucket.http.breakDown(text -> text.endsWith(QuarantineLayout.DEFAULT.key(id, part, entries)));
  }

  @Override
  protected void recover() {
    bucket.http.breakDown(text -> false);
  }
}
