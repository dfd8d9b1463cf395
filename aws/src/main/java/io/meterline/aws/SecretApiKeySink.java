package io.meterline.aws;

import io.meterline.core.Batch;
import io.meterline.core.Delivery;
import io.meterline.core.MeterSink;
import io.meterline.core.Secret;
import java.io.IOException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Delivers with an API key from a secret. The key is read when it is first needed, and again when a
 * delivery fails: it may have been rotated, and a snapshot of a function holds the old one.
 */
final class SecretApiKeySink implements MeterSink {
  private final ApiKeySecret secret;
  private final Function<Secret, MeterSink> sinkOf;
  private @Nullable Keyed current;

  SecretApiKeySink(ApiKeySecret secret, Function<Secret, MeterSink> sinkOf) {
    this.secret = secret;
    this.sinkOf = sinkOf;
  }

  @Override
  public Delivery deliver(Batch batch) throws IOException {
    Keyed before = current();
    try {
      return before.sink().deliver(batch);
    } catch (IOException e) {
      Keyed after;
      try {
        after = renewed(before);
      } catch (IOException unread) {
        e.addSuppressed(unread);
        throw e;
      }
      if (after.equals(before)) {
        throw e;
      }
      return after.sink().deliver(batch);
    }
  }

  private synchronized Keyed current() throws IOException {
    if (current == null) {
      current = keyed(secret.read());
    }
    return current;
  }

  /** The sink with the key as it is now; the same one where that did not change. */
  private synchronized Keyed renewed(Keyed failed) throws IOException {
    Keyed known = current;
    if (known != null && !known.equals(failed)) {
      return known;
    }
    Secret key = secret.read();
    if (key.reveal().equals(failed.key().reveal())) {
      return failed;
    }
    current = keyed(key);
    return current;
  }

  private Keyed keyed(Secret key) {
    return new Keyed(key, sinkOf.apply(key));
  }

  /** A key and what delivers with it. */
  private record Keyed(Secret key, MeterSink sink) {}
}
