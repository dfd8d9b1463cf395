package io.meterline.local;

/** A function that can be invoked. */
@FunctionalInterface
public interface LambdaFunction {
  /**
   * Invokes it, and waits for its answer.
   *
   * @return the answer as JSON; empty bytes are an empty answer
   * @throws FunctionException if it failed, or its process ended
   */
  byte[] invoke(Invocation invocation) throws FunctionException;
}
