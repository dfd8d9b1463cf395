package io.meterline.aws;

import io.meterline.core.Digests;
import io.meterline.core.retry.Retries;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** Objects below one prefix of a bucket, each put there once. */
final class S3Objects {
  private final S3Bucket bucket;
  private final String permissions;
  private final AwsCalls calls;
  private final S3Put put;

  S3Objects(S3Bucket bucket, String prefix, Retries retries, AwsClients clients) {
    this.bucket = bucket;
    this.permissions = bucket.permissions(prefix);
    CredentialsSource credentials =
        CredentialsSource.of(bucket.credentials(), bucket.region(), clients);
    this.calls = new AwsCalls(credentials, retries);
    this.put = new S3Put(bucket, clients.http(), credentials.provider());
  }

  /** Puts the object unless it is there; tells whether it was put. */
  boolean putIfAbsent(String key, ByteBuffer body, String contentType) throws IOException {
    Map<String, String> headers = headers(body, contentType);
    return calls.call(
        "s3://" + bucket.name() + "/" + key, permissions, () -> put(key, headers, body));
  }

  private boolean put(String key, Map<String, String> headers, ByteBuffer body) {
    try {
      put.put(key, headers, body);
      return true;
    } catch (AwsServiceException e) {
      // Also the answer to a put whose first answer was lost.
      if (e.statusCode() == 412) {
        return false;
      }
      throw e;
    }
  }

  private Map<String, String> headers(ByteBuffer body, String contentType) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", contentType);
    headers.put("Content-MD5", md5(body));
    headers.put("If-None-Match", "*");
    bucket.acl().ifPresent(acl -> headers.put("x-amz-acl", acl));
    bucket
        .kmsKey()
        .ifPresent(
            id -> {
              headers.put("x-amz-server-side-encryption", "aws:kms");
              headers.put("x-amz-server-side-encryption-aws-kms-key-id", id);
            });
    return headers;
  }

  private static String md5(ByteBuffer body) {
    MessageDigest md5 = Digests.md5();
    md5.update(body.duplicate());
    return Base64.getEncoder().encodeToString(md5.digest());
  }
}
