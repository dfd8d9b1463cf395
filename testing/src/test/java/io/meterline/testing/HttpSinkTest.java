package io.meterline.testing;

import io.meterline.core.BatchPart;
import io.meterline.core.BodyFormat;
import io.meterline.core.MeterSink;
import io.meterline.core.Quarantine;
import io.meterline.core.Secret;
import io.meterline.core.delivery.RefusalPolicy;
import io.meterline.core.http.HttpReceiver;
import io.meterline.core.http.HttpSink;
import io.meterline.core.retry.Retries;
import io.meterline.core.retry.RetrySchedule;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

final class HttpSinkTest extends MeterSinkContract {
  private IngestReceiver receiver;

  @BeforeEach
  void start() throws IOException {
    receiver = IngestReceiver.start("k-1");
  }

  @AfterEach
  void stop() {
    receiver.close();
  }

  @Override
  protected MeterSink sink() {
    Quarantine nothingIsRefused =
        (id, part, entries) -> {
          throw new AssertionError("refused: " + entries);
        };
    return new HttpSink(
        HttpReceiver.of(receiver.url(), Optional.of(new Secret("k-1"))).with(BodyFormat.NDJSON_GZ),
        nothingIsRefused,
        new Retries(RetrySchedule.INGEST_CONTRACT, new RecordedWaits(), new Random(1)),
        new RefusalPolicy.Fail("Look at it."));
  }

  @Override
  protected List<List<String>> objects() {
    return receiver.accepted();
  }

  @Override
  protected void breakDown(BatchPart part) {
    receiver.breakDown(Batches.texts(part)::equals);
  }

  @Override
  protected void recover() {
    receiver.breakDown(records -> false);
  }

  @Override
  protected boolean learnsWhatIsAlreadyThere() {
    return false;
  }
}
