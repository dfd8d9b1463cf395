package io.meterline.aws;

import org.gaul.s3proxy.junit.S3ProxyExtension;
import org.junit.jupiter.api.extension.RegisterExtension;

final class S3ReaderOnS3ProxyTest extends S3ReaderContract {
  @RegisterExtension private final S3ProxyExtension store = S3Proxies.extension();

  @Override
  TestBucket newBucket() {
    return S3Proxies.bucket(store);
  }

  @Override
  int manyObjects() {
    return 2_500;
  }
}
