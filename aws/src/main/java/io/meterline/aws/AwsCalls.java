package io.meterline.aws;

import io.meterline.core.retry.Retries;
import java.io.IOException;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;

/** Makes requests: with credentials that are fresh, again where that may help, failing in words. */
final class AwsCalls {
  private final CredentialsSource credentials;
  private final Retries retries;

  AwsCalls(CredentialsSource credentials, Retries retries) {
    this.credentials = credentials;
    this.retries = retries;
  }

  /**
   * What the request returns, once it does.
   *
   * @param place where it goes
   * @param permissions what it takes, in words
   */
  <T> T call(String place, String permissions, Supplier<T> request) throws IOException {
    return retries.call(
        () -> {
          credentials.prepare();
          try {
            return withFreshCredentials(request);
          } catch (SdkException e) {
            throw Failures.of(e, place, permissions);
          }
        });
  }

  private <T> T withFreshCredentials(Supplier<T> request) throws IOException {
    try {
      return request.get();
    } catch (SdkException e) {
      if (Failures.isAboutCredentials(e) && credentials.renew()) {
        return request.get();
      }
      throw e;
    }
  }
}
