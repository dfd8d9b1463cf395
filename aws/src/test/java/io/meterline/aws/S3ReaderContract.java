package io.meterline.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meterline.core.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How objects are listed and read, whoever acts S3. */
abstract class S3ReaderContract {
  private TestBucket bucket;

  abstract TestBucket newBucket();

  /** How many objects the store takes in a second or two: more than one page. */
  abstract int manyObjects();

  @BeforeEach
  final void makeBucket() {
    bucket = newBucket();
  }

  @Test
  final void allPagesOfAListingAreTold() throws IOException {
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < manyObjects(); i++) {
      keys.add("in/%05d.json".formatted(i));
      bucket.put(keys.getLast(), ("" + i).getBytes(UTF_8));
    }
    bucket.put("inner/other.json", new byte[1]);
    List<S3Reader.Listed> listed = new ArrayList<>();
    reader("in/").list().forEachRemaining(listed::add);
    assertThat(listed).extracting(S3Reader.Listed::key).isEqualTo(keys);
    assertThat(listed.get(1234 % listed.size()))
        .returns((long) ("" + 1234 % listed.size()).length(), S3Reader.Listed::bytes);
    assertThat(listed.get(0).eTag()).isNotEmpty().isNotEqualTo(listed.get(1).eTag());
  }

  @Test
  final void anObjectLargerThanAPartIsReadWhole() throws IOException {
    byte[] body = bytes(2 * S3Reader.PART_BYTES + 17);
    bucket.put("a", body);
    try (InputStream in = reader("").open("a")) {
      assertThat(in.readAllBytes()).isEqualTo(body);
    }
  }

  @Test
  final void anObjectOfOnePartTakesOneRequest() throws IOException {
    bucket.put("a", bytes(1000));
    try (InputStream in = reader("").open("a").start()) {
      assertThat(in.readAllBytes()).hasSize(1000);
      assertThat(in.read()).isEqualTo(-1);
    }
    assertThat(bucket.http.requests()).hasSize(1);
  }

  @Test
  final void anEmptyObjectHasNoBytes() throws IOException {
    bucket.put("a", new byte[0]);
    try (InputStream in = reader("").open("a")) {
      assertThat(in.readAllBytes()).isEmpty();
    }
  }

  @Test
  final void anObjectThatChangesWhileItIsReadIsAFailure() throws IOException {
    bucket.put("a", bytes(4 * S3Reader.PART_BYTES));
    try (InputStream in = reader("").open("a")) {
      in.read();
      bucket.put("a", bytes(5 * S3Reader.PART_BYTES));
      assertThatThrownBy(in::readAllBytes).hasMessageContaining("it was changed while it was read");
    }
  }

  @Test
  final void anObjectThatVanishedIsNamed() throws IOException {
    bucket.put("a", bytes(10));
    bucket.delete("a");
    try (InputStream in = reader("").open("a")) {
      assertThatThrownBy(in::readAllBytes)
          .hasMessage("s3://" + bucket.name + "/a: it is there no more");
    }
  }

  @Test
  final void whatMayPassIsTriedAgain() throws IOException {
    bucket.put("a", bytes(10));
    bucket.http.next(
        FaultyHttp.Fault.s3(503, "SlowDown"),
        new FaultyHttp.Fault.LostRequest(),
        new FaultyHttp.Fault.LostAnswer());
    try (InputStream in = reader("").open("a")) {
      assertThat(in.readAllBytes()).hasSize(10);
    }
    assertThat(bucket.http.requests()).hasSize(4);
  }

  @Test
  final void aBucketThatIsNotThereIsSaidToBeSo() {
    S3Bucket missing =
        new S3Bucket(
            bucket.name + "-not",
            "us-west-2",
            bucket.bucket().endpoint(),
            bucket.bucket().acl(),
            bucket.bucket().kmsKey(),
            new AwsCredentials.KeyPair("access", new Secret("secret")));
    S3Reader reader = new S3Reader(missing, "", bucket.retries(), bucket.clients);
    assertThatThrownBy(reader::list)
        .hasMessageContaining("404 NoSuchBucket")
        .hasMessageContaining("s3:ListBucket");
    assertThatThrownBy(() -> reader.open("a").read()).hasMessageContaining("404 NoSuchBucket");
  }

  private S3Reader reader(String prefix) {
    return new S3Reader(bucket.bucket(), prefix, bucket.retries(), bucket.clients);
  }

  private static byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    new Random(count).nextBytes(bytes);
    return bytes;
  }
}
