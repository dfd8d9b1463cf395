package io.meterline.testing;

import io.meterline.BatchPart;
import io.meterline.BodyFormat;
import io.meterline.MeterSink;
import io.meterline.Quarantine;
import io.meterline.Secret;
import io.meterline.http.HttpReceiver;
import io.meterline.http.HttpSink;
import io.meterline.retry.RefusalPolicy;
import io.meterline.retry.Retries;
import io.meterline.retry.RetrySchedule;
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
