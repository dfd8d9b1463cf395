package io.meterline.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.meterline.aws.FaultyHttp.Fault;
import io.meterline.core.Batch;
import io.meterline.core.BodyFormat;
import io.meterline.core.Delivery;
import io.meterline.core.ObjectLayout;
import io.meterline.core.PartLimits;
import io.meterline.testing.Batches;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.gaul.s3proxy.junit.S3ProxyExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.http.SdkHttpRequest;

/** S3 as it is: busy, cut off, closed, or raced for. */
final class S3FaultsTest {
  private static final int WRITERS = 8;

  @RegisterExtension private final S3ProxyExtension store = S3Proxies.extension();

  private TestBucket bucket;

  @BeforeEach
  void makeBucket() {
    bucket = S3Proxies.bucket(store);
  }

  @ParameterizedTest
  @CsvSource({
    "409, ConditionalRequestConflict",
    "429, TooManyRequests",
    "500, InternalError",
    "503, SlowDown",
    "503, ServiceUnavailable",
    "400, RequestTimeout",
    "403, RequestTimeTooSkewed"
  })
  void whatMayPassIsTriedAgainWithFullJitter(int status, String code) throws IOException {
    bucket.http.next(4, Fault.s3(status, code));
    assertThat(sink().deliver(Batches.of(0, 3))).isEqualTo(new Delivery(1, 0));
    assertThat(bucket.objects()).containsExactly(Batches.records(0, 3));
    List<Duration> waits = bucket.waits.waits();
    assertThat(waits).hasSize(4).doesNotHaveDuplicates();
    for (int i = 0; i < waits.size(); i++) {
      assertThat(waits.get(i)).isBetween(Duration.ZERO, Duration.ofMillis(100L << i));
    }
  }

  @Test
  void aPutWhoseAnswerWasLostIsThereAndCountsOnce() throws IOException {
    bucket.http.next(new Fault.LostAnswer());
    assertThat(sink().deliver(Batches.of(0, 3))).isEqualTo(new Delivery(0, 1));
    assertThat(bucket.objects()).containsExactly(Batches.records(0, 3));
    assertThat(bucket.http.requests()).hasSize(2);
  }

  @Test
  void aPutThatNeverArrivedIsMadeAgain() throws IOException {
    bucket.http.next(new Fault.LostRequest());
    assertThat(sink().deliver(Batches.of(0, 3))).isEqualTo(new Delivery(1, 0));
    assertThat(bucket.objects()).containsExactly(Batches.records(0, 3));
  }

  @Test
  void aLargeObjectThatIsAlreadyThereIsNoBrokenConnection() throws IOException {
    Batch batch = Batches.of(0, 60_000);
    assertThat(sink().deliver(batch)).isEqualTo(new Delivery(1, 0));
    assertThat(sink().deliver(batch)).isEqualTo(new Delivery(0, 1));
    assertThat(bucket.waits.waits()).isEmpty();
  }

  @Test
  void ofRacingWritersOneStoresAndAllAreDone() throws Exception {
    var start = new CyclicBarrier(WRITERS);
    for (int round = 0; round < 10; round++) {
      Batch batch = Batches.of(100 * round, 50);
      List<Callable<Delivery>> writers = new ArrayList<>();
      for (int i = 0; i < WRITERS; i++) {
        S3Sink sink = sink();
        writers.add(
            () -> {
              start.await();
              return sink.deliver(batch);
            });
      }
      Delivery all = Delivery.NOTHING;
      try (ExecutorService threads = Executors.newFixedThreadPool(WRITERS)) {
        for (Future<Delivery> writer : threads.invokeAll(writers)) {
          all = all.and(writer.get());
        }
      }
      assertThat(all).isEqualTo(new Delivery(1, WRITERS - 1));
    }
    assertThat(bucket.keys()).hasSize(10);
  }

  @Test
  void whenTheBudgetIsUsedUpTheBatchFailsAndSaysWhatTheLastAnswerWas() {
    bucket.http.breakDown(text -> true);
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> sink().deliver(Batches.of(0, 3)))
        .withMessageStartingWith("s3://" + bucket.name + "/ingest/records/2022-09-13/")
        .withMessageContaining("answers 500 (given up after ");
    Duration waited = bucket.waits.waits().stream().reduce(Duration.ZERO, Duration::plus);
    assertThat(waited).isBetween(Duration.ofSeconds(14), AwsRetries.DEFAULT_BUDGET);
  }

  @Test
  void aForbiddenPutNamesBucketPrefixAndPermissionAndIsNotTriedAgain() {
    bucket.http.next(Fault.s3(403, "AccessDenied"));
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> sink().deliver(Batches.of(0, 3)))
        .withMessageContaining(
            "answers 403 AccessDenied: the credentials need s3:PutObject on arn:aws:s3:::"
                + bucket.name
                + "/ingest/records/*, and kms:GenerateDataKey where the bucket has a KMS key");
    assertThat(bucket.http.requests()).hasSize(1);
  }

  @Test
  void withAKeyAndAnAclTheirPermissionsAreNamedToo() {
    bucket.http.next(Fault.s3(403, "AccessDenied"));
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> sink(withKeyAndAcl()).deliver(Batches.of(0, 3)))
        .withMessageContaining("s3:PutObject and s3:PutObjectAcl on arn:aws:s3:::" + bucket.name)
        .withMessageContaining("kms:GenerateDataKey on alias/usage");
  }

  @Test
  void keyAndAclStandInTheRequest() {
    bucket.http.next(Fault.s3(403, "AccessDenied"));
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> sink(withKeyAndAcl()).deliver(Batches.of(0, 3)));
    SdkHttpRequest put = bucket.http.requests().getFirst();
    assertThat(put.firstMatchingHeader("x-amz-acl")).hasValue("bucket-owner-full-control");
    assertThat(put.firstMatchingHeader("x-amz-server-side-encryption")).hasValue("aws:kms");
    assertThat(put.firstMatchingHeader("x-amz-server-side-encryption-aws-kms-key-id"))
        .hasValue("alias/usage");
    assertThat(put.firstMatchingHeader("If-None-Match")).hasValue("*");
    assertThat(put.firstMatchingHeader("Content-MD5")).isPresent();
  }

  @Test
  void aMissingBucketIsNamedWithThePermission() {
    S3Bucket missing =
        new S3Bucket(
            "no-such-bucket-here",
            "us-west-2",
            bucket.bucket().endpoint(),
            Optional.empty(),
            Optional.empty(),
            bucket.bucket().credentials());
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> sink(missing).deliver(Batches.of(0, 3)))
        .withMessageContaining("s3://no-such-bucket-here/ingest/records/")
        .withMessageContaining("answers 404 NoSuchBucket: it is not there")
        .withMessageContaining("s3:PutObject on arn:aws:s3:::no-such-bucket-here/ingest/records/*");
    assertThat(bucket.http.requests()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"InvalidAccessKeyId", "SignatureDoesNotMatch"})
  void refusedCredentialsAreSaidToBeThat(String code) {
    bucket.http.next(Fault.s3(403, code));
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> sink().deliver(Batches.of(0, 3)))
        .withMessageEndingWith("answers 403 " + code + ": the credentials are refused");
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "json.gz", "ndjson", "ndjson.gz"})
  void eachFormatHasItsSuffixTypeAndBody(String format) throws IOException {
    var layout = new ObjectLayout("a/b", BodyFormat.of(format).orElseThrow());
    new S3Sink(bucket.bucket(), layout, S3Sink.DEFAULT_BOUNDS, bucket.retries(), bucket.clients)
        .deliver(Batches.of(0, 3));
    String key = bucket.keys().getFirst();
    assertThat(key).matches("a/b/2022-09-13/[0-9a-f]{40}\\." + format.replace(".", "\\."));
    assertThat(bucket.object(key).response().contentType())
        .isEqualTo(
            format.endsWith("gz")
                ? "application/gzip"
                : format.equals("json") ? "application/json" : "application/x-ndjson");
    assertThat(bucket.object(key).response().contentEncoding()).isIn(null, "");
    assertThat(bucket.objects()).containsExactly(Batches.records(0, 3));
  }

  @Test
  void aBoundThatWasRaisedBetweenTwoTriesLosesNothing() throws IOException {
    Batch batch = Batches.of(0, 10);
    int threeRecords = 3 * (Batches.record(0).length() + 1);
    bucket.http.next(new Fault.None(), new Fault.None(), Fault.s3(403, "AccessDenied"));
    S3Sink narrow = sink(threeRecords);
    assertThatExceptionOfType(IOException.class).isThrownBy(() -> narrow.deliver(batch));
    sink(2 * threeRecords).deliver(batch);
    assertThat(bucket.objects().stream().flatMap(List::stream).distinct())
        .containsExactlyInAnyOrderElementsOf(Batches.records(0, 10));
  }

  private S3Bucket withKeyAndAcl() {
    return new S3Bucket(
        bucket.name,
        "us-west-2",
        bucket.bucket().endpoint(),
        Optional.of("bucket-owner-full-control"),
        Optional.of("alias/usage"),
        bucket.bucket().credentials());
  }

  private S3Sink sink() {
    return sink(bucket.bucket());
  }

  private S3Sink sink(S3Bucket to) {
    return new S3Sink(
        to, ObjectLayout.CONTRACT, S3Sink.DEFAULT_BOUNDS, bucket.retries(), bucket.clients);
  }

  private S3Sink sink(int maxBytes) {
    return new S3Sink(
        bucket.bucket(),
        ObjectLayout.CONTRACT,
        new PartLimits(Integer.MAX_VALUE, maxBytes),
        bucket.retries(),
        bucket.clients);
  }
}
