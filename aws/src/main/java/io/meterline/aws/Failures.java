package io.meterline.aws;

import io.meterline.core.retry.TryAgainException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;

/** What an exception of the SDK means for a delivery. */
final class Failures {
  /** The answers that are about the credentials themselves, not about what they may do. */
  private static final Set<String> BAD_CREDENTIALS =
      Set.of(
          "ExpiredToken",
          "ExpiredTokenException",
          "InvalidAccessKeyId",
          "InvalidClientTokenId",
          "InvalidToken",
          "SignatureDoesNotMatch",
          "TokenRefreshRequired",
          "UnrecognizedClientException");

  /** With these S3 answers a request that was sent to another region than the bucket's. */
  private static final Set<Integer> OTHER_REGION = Set.of(301, 307, 400);

  private Failures() {}

  /**
   * The exception to throw in place of the SDK's.
   *
   * @param place where the request went
   * @param permissions what the credentials must be allowed, in words
   */
  static IOException of(SdkException failure, String place, String permissions) {
    if (failure instanceof AbortedException) {
      Thread.currentThread().interrupt();
      var interrupted = new InterruptedIOException(place + ": interrupted");
      interrupted.initCause(failure);
      return interrupted;
    }
    if (failure instanceof AwsServiceException answer) {
      String said = place + ": " + said(answer);
      return mayPass(answer)
          ? new TryAgainException(said, failure)
          : new IOException(said + advice(answer, permissions), failure);
    }
    IOException broken = ioException(failure);
    return broken == null
        ? new IOException(place + ": " + failure.getMessage(), failure)
        : new TryAgainException(place + ": " + describe(broken), failure);
  }

  /** Whether other credentials might be answered otherwise. */
  static boolean isAboutCredentials(SdkException failure) {
    return failure instanceof AwsServiceException answer
        && !mayPass(answer)
        && (isForbidden(answer) || isBadCredentials(answer));
  }

  static String code(AwsServiceException answer) {
    String code = answer.awsErrorDetails() == null ? null : answer.awsErrorDetails().errorCode();
    return code == null ? "" : code;
  }

  /** Status and code alone: the text may quote keys. */
  private static String said(AwsServiceException answer) {
    return ("answers " + answer.statusCode() + " " + code(answer)).strip();
  }

  private static String advice(AwsServiceException answer, String permissions) {
    Optional<String> region = bucketRegion(answer);
    if (region.isPresent() && OTHER_REGION.contains(answer.statusCode())) {
      return ": the bucket is in the region " + region.get() + ", which must be given";
    }
    if (isBadCredentials(answer)) {
      return ": the credentials are refused";
    }
    if (answer.statusCode() == 404 || code(answer).endsWith("NonExistentQueue")) {
      return ": it is not there; correct its name, or make it and allow " + permissions;
    }
    return isForbidden(answer) ? ": the credentials need " + permissions : "";
  }

  private static Optional<String> bucketRegion(AwsServiceException answer) {
    return answer.awsErrorDetails() == null || answer.awsErrorDetails().sdkHttpResponse() == null
        ? Optional.empty()
        : answer.awsErrorDetails().sdkHttpResponse().firstMatchingHeader("x-amz-bucket-region");
  }

  private static boolean mayPass(AwsServiceException answer) {
    return switch (answer.statusCode()) {
      case 408, 409, 429 -> true;
      default ->
          answer.statusCode() >= 500
              || answer.isThrottlingException()
              || answer.isClockSkewException()
              || code(answer).equals("RequestTimeout");
    };
  }

  private static boolean isForbidden(AwsServiceException answer) {
    // The JSON services answer 400 here.
    return answer.statusCode() == 403
        || answer.statusCode() == 401
        || code(answer).startsWith("AccessDenied");
  }

  private static boolean isBadCredentials(AwsServiceException answer) {
    return BAD_CREDENTIALS.contains(code(answer));
  }

  private static @Nullable IOException ioException(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof IOException io) {
        return io;
      }
    }
    return null;
  }

  private static String describe(IOException failure) {
    String message = failure.getMessage();
    return message == null || message.isBlank() ? failure.getClass().getSimpleName() : message;
  }
}
