package io.meterline.aws;

import static java.util.Objects.requireNonNull;

import org.gaul.s3proxy.junit.S3ProxyExtension;

/** S3 in this JVM, in memory, that checks signatures. */
final class S3Proxies {
  private static final String KEY = "access";
  private static final String SECRET = "secret";

  private S3Proxies() {}

  static S3ProxyExtension extension() {
    return S3ProxyExtension.builder()
        .withCredentials(KEY, SECRET)
        .withBlobStoreProvider("transient")
        .build();
  }

  static TestBucket bucket(S3ProxyExtension store) {
    return new TestBucket(requireNonNull(store.getUri(), "the store is not started"), KEY, SECRET);
  }
}
