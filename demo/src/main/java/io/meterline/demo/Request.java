package io.meterline.demo;

import static java.util.Objects.requireNonNull;

/**
 * A call of the API, however it came.
 *
 * @param method in capitals, such as {@code POST}
 * @param path starts with a slash
 * @param body empty where there is none
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record Request(String method, String path, byte[] body) {
  public Request {
    requireNonNull(method, "method is null");
    requireNonNull(path, "path is null");
    requireNonNull(body, "body is null");
  }
}
