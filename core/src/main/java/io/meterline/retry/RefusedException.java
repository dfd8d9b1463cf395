package io.meterline.retry;

/** The receiver has read a body and will not take it as it is: something in it is at fault. */
public final class RefusedException extends Exception {
  private static final long serialVersionUID = 1;

  /**
   * @param detail what the receiver said, for a person; it may quote the record
   */
  public RefusedException(String detail) {
    super(detail);
  }
}
