package io.meterline.local;

/** Names of resources, all of one made-up account and one region. */
public final class Arns {
  public static final String ACCOUNT = "123456789012";
  public static final String REGION = "us-west-2";

  private Arns() {}

  /** Of a function. */
  public static String function(String name) {
    return "arn:aws:lambda:%s:%s:function:%s".formatted(REGION, ACCOUNT, name);
  }

  /** Of a Kinesis data stream. */
  static String stream(String name) {
    return "arn:aws:kinesis:%s:%s:stream/%s".formatted(REGION, ACCOUNT, name);
  }

  /** Of the role of the function that reads a stream. */
  static String role(String function) {
    return "arn:aws:iam::%s:role/%s".formatted(ACCOUNT, function);
  }
}
