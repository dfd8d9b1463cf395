package io.meterline.local;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;

/** Makes the handler of a new execution environment. */
@FunctionalInterface
public interface HandlerFactory {
  /**
   * Does what a process does before its first event.
   *
   * @param sandbox for the parts that the handler talks to
   */
  RequestStreamHandler start(Sandbox sandbox) throws Exception;
}
