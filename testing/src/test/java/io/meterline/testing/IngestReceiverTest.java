package io.meterline.testing;

import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The tests' fake keeps the contract. */
final class IngestReceiverTest extends IngestContract {
  private IngestReceiver receiver;

  @BeforeEach
  void start() throws IOException {
    receiver = IngestReceiver.start(key());
  }

  @AfterEach
  void stop() {
    receiver.close();
  }

  @Override
  protected URI url() {
    return receiver.url();
  }

  @Override
  protected String key() {
    return "k-1";
  }
}
