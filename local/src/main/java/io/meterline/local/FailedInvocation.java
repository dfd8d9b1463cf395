package io.meterline.local;

import static java.util.Objects.requireNonNull;

/**
 * What an on-failure destination gets: of S3 the whole, the payload in it.
 *
 * @param key the object's name as Lambda chooses it
 * @param document JSON with the circumstances and the payload
 * @param payload the event that the function did not take
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record FailedInvocation(String key, byte[] document, byte[] payload) {
  public FailedInvocation {
    requireNonNull(key, "key is null");
    requireNonNull(document, "document is null");
    requireNonNull(payload, "payload is null");
  }
}
