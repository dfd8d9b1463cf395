package io.meterline.aws;

import io.meterline.testing.MotoServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

final class S3ReaderOnMotoTest extends S3ReaderContract {
  private static MotoServer moto;

  @BeforeAll
  static void start() {
    moto = MotoServer.start();
  }

  @AfterAll
  static void stop() {
    if (moto != null) {
      moto.close();
    }
  }

  @Override
  TestBucket newBucket() {
    return new TestBucket(moto.endpoint(), "access", "secret");
  }

  @Override
  int manyObjects() {
    return 1_001;
  }
}
