package io.meterline.aws;

import io.meterline.retry.Retries;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

/** Objects below one prefix of a bucket, each put there once. */
final class S3Objects {
  private final S3Bucket bucket;
  private final String permissions;
  private final AwsCalls calls;
  private final S3Client client;

  S3Objects(S3Bucket bucket, String prefix, Retries retries, AwsClients clients) {
    this.bucket = bucket;
    this.permissions = bucket.permissions(prefix);
    CredentialsSource credentials =
        CredentialsSource.of(bucket.credentials(), bucket.region(), clients);
    this.calls = new AwsCalls(credentials, retries);
    this.client = clients.s3(bucket.region(), bucket.endpoint(), credentials.provider());
  }

  /** Puts the object unless it is there; tells whether it was put. */
  boolean putIfAbsent(String key, byte[] body, String contentType) throws IOException {
    PutObjectRequest request = request(key, body, contentType);
    return calls.call("s3://" + bucket.name() + "/" + key, permissions, () -> put(request, body));
  }

  private boolean put(PutObjectRequest request, byte[] body) {
    try {
      client.putObject(request, RequestBody.fromBytes(body));
      return true;
    } catch (S3Exception e) {
      // Also the answer to a put whose first answer was lost.
      if (e.statusCode() == 412) {
        return false;
      }
      throw e;
    }
  }

  private PutObjectRequest request(String key, byte[] body, String contentType) {
    PutObjectRequest.Builder request =
        PutObjectRequest.builder()
            .bucket(bucket.name())
            .key(key)
            .ifNoneMatch("*")
            .contentType(contentType)
            .contentLength((long) body.length)
            .contentMD5(md5(body));
    bucket.acl().ifPresent(request::acl);
    bucket
        .kmsKey()
        .ifPresent(
            id -> request.serverSideEncryption(ServerSideEncryption.AWS_KMS).ssekmsKeyId(id));
    return request.build();
  }

  private static String md5(byte[] body) {
    try {
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("MD5").digest(body));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has MD5", e);
    }
  }
}
