package io.meterline.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.meterline.aws.FaultyHttp.Fault;
import io.meterline.core.Delivery;
import io.meterline.core.ObjectLayout;
import io.meterline.core.Secret;
import io.meterline.testing.Batches;
import io.meterline.testing.MotoServer;
import java.io.IOException;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** Whose signature a put carries, and what happens when a key pair is rotated. */
final class AwsCredentialsTest {
  private static final String ROLE = "arn:aws:iam::123456789012:role/ingest-writer";

  private static MotoServer moto;

  private TestBucket bucket;
  private SecretsManagerClient secrets;
  private String arn = "";

  @BeforeAll
  static void start() {
    moto = MotoServer.start();
  }

  @AfterAll
  static void stop() {
    if (moto != null) {
      moto.close();
    }
  }

  /** The SDK's chain, which reads the secret and assumes the role, finds these. */
  @BeforeEach
  void begin() {
    System.setProperty("aws.accessKeyId", "AKIACHAIN");
    System.setProperty("aws.secretAccessKey", "chain-secret");
    bucket = new TestBucket(moto.endpoint(), "AKIAGIVEN", "given-secret");
    secrets =
        new AwsClients(new FaultyHttp(), Optional.of(moto.endpoint()))
            .secrets(
                "us-west-2",
                CredentialsSource.of(
                        new AwsCredentials.KeyPair("AKIAADMIN", new Secret("admin-secret")),
                        "us-west-2",
                        bucket.clients)
                    .provider());
    arn = secret("{\"accessKey\":\"AKIAOLD\",\"secretKey\":\"old-secret\"}");
  }

  @AfterEach
  void end() {
    System.clearProperty("aws.accessKeyId");
    System.clearProperty("aws.secretAccessKey");
  }

  @Test
  void aGivenKeyPairSigns() throws IOException {
    sink(new AwsCredentials.KeyPair("AKIAGIVEN", new Secret("given-secret")))
        .deliver(Batches.of(0, 1));
    assertThat(lastSignature()).contains("Credential=AKIAGIVEN/");
  }

  @Test
  void withoutAnyTheSdksChainIsAsked() throws IOException {
    sink(new AwsCredentials.Chain()).deliver(Batches.of(0, 1));
    assertThat(lastSignature()).contains("Credential=AKIACHAIN/");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"accessKey\":\"AKIASTORED\",\"secretKey\":\"s3cret\",\"more\":[1]}",
        "{\"SECRET_KEY\":\"s3cret\",\"ACCESS_KEY\":\"AKIASTORED\"}"
      })
  void aSecretHoldsTheKeyPairInEitherForm(String text) throws IOException {
    sink(new AwsCredentials.InSecret(secret(text))).deliver(Batches.of(0, 1));
    assertThat(lastSignature()).contains("Credential=AKIASTORED/");
  }

  @Test
  void theSecretIsReadOnceForManyPuts() throws IOException {
    S3Sink sink = sink(new AwsCredentials.InSecret(arn));
    sink.deliver(Batches.of(0, 1));
    sink.deliver(Batches.of(1, 1));
    assertThat(reads()).isEqualTo(1);
  }

  @Test
  void aRotatedKeyPairIsReadAgainWhenItIsRefused() throws IOException {
    S3Sink sink = sink(new AwsCredentials.InSecret(arn));
    sink.deliver(Batches.of(0, 1));
    rotate("{\"accessKey\":\"AKIANEW\",\"secretKey\":\"new-secret\"}");
    bucket.http.next(Fault.s3(403, "InvalidAccessKeyId"));
    assertThat(sink.deliver(Batches.of(1, 1))).isEqualTo(new Delivery(1, 0));
    assertThat(lastSignature()).contains("Credential=AKIANEW/");
    assertThat(bucket.waits.waits()).isEmpty();
  }

  @Test
  void aRefusedKeyPairThatWasNotRotatedFailsAtOnce() throws IOException {
    S3Sink sink = sink(new AwsCredentials.InSecret(arn));
    sink.deliver(Batches.of(0, 1));
    bucket.http.next(Fault.s3(403, "InvalidAccessKeyId"));
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> sink.deliver(Batches.of(1, 1)))
        .withMessageContaining("the credentials are refused");
    assertThat(reads()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"not JSON s3cret", "[\"s3cret\"]", "{\"accessKey\":\"s3cret\"}", "{}"})
  void aSecretOfAnotherFormIsNamedAndNotShown(String text) {
    String other = secret(text);
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> sink(new AwsCredentials.InSecret(other)).deliver(Batches.of(0, 1)))
        .withMessageContaining(other)
        .withMessageContaining("accessKey")
        .withNoCause()
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("s3cret"));
  }

  @Test
  void aMissingSecretIsNamed() {
    String missing = arn.replaceFirst("secret:.*", "secret:gone-AbCdEf");
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> sink(new AwsCredentials.InSecret(missing)).deliver(Batches.of(0, 1)))
        .withMessageContaining(missing)
        .withMessageContaining("ResourceNotFoundException");
  }

  @Test
  void aForbiddenSecretIsNamedWithThePermission() {
    bucket.http.next(
        new Fault.Answer(400, "{\"__type\":\"AccessDeniedException\",\"Message\":\"no\"}"));
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> sink(new AwsCredentials.InSecret(arn)).deliver(Batches.of(0, 1)))
        .withMessageContaining(arn)
        .withMessageContaining("secretsmanager:GetSecretValue");
  }

  @Test
  void anAssumedRoleSigns() throws IOException {
    sink(new AwsCredentials.AssumedRole(
            ROLE, Optional.of("customer-7"), new AwsCredentials.Chain()))
        .deliver(Batches.of(0, 1));
    assertThat(bucket.http.requests()).hasSize(2);
    assertThat(bucket.http.requests().getFirst().firstMatchingHeader("Authorization").orElse(""))
        .contains("Credential=AKIACHAIN/");
    assertThat(lastSignature()).doesNotContain("AKIACHAIN");
    assertThat(bucket.http.requests().getLast().firstMatchingHeader("X-Amz-Security-Token"))
        .isPresent();
  }

  @Test
  void aRoleIsAssumedWithTheNewKeyPairWhenTheOldOneIsRefused() throws IOException {
    var role =
        new AwsCredentials.AssumedRole(ROLE, Optional.empty(), new AwsCredentials.InSecret(arn));
    CredentialsSource source = CredentialsSource.of(role, "us-west-2", bucket.clients);
    Fault refused =
        new Fault.Answer(
            403, "<ErrorResponse><Error><Code>InvalidClientTokenId</Code></Error></ErrorResponse>");
    bucket.http.next(new Fault.None(), refused);
    assertThatExceptionOfType(IOException.class).isThrownBy(source::prepare);
    rotate("{\"accessKey\":\"AKIANEW\",\"secretKey\":\"new-secret\"}");
    bucket.http.next(refused);
    source.prepare();
    assertThat(lastSignature()).contains("Credential=AKIANEW/");
  }

  @Test
  void aRoleThatMayNotBeAssumedIsNamedWithThePermission() {
    bucket.http.next(
        new Fault.Answer(
            403, "<ErrorResponse><Error><Code>AccessDenied</Code></Error></ErrorResponse>"));
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(
            () ->
                sink(new AwsCredentials.AssumedRole(
                        ROLE, Optional.empty(), new AwsCredentials.Chain()))
                    .deliver(Batches.of(0, 1)))
        .withMessageContaining(ROLE)
        .withMessageContaining("sts:AssumeRole");
  }

  @Test
  void noneAtAllIsSaidInWords() {
    CredentialsSource none =
        new CredentialsSource.Found(
            () -> {
              throw SdkClientException.create("none");
            });
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(none::prepare)
        .withMessageContaining("no AWS credentials found: set AWS_ACCESS_KEY_ID");
  }

  @Test
  void noCredentialsAreShownAsText() {
    var pair = new AwsCredentials.KeyPair("AKIAGIVEN", new Secret("given-secret"));
    var role = new AwsCredentials.AssumedRole(ROLE, Optional.empty(), pair);
    assertThat(pair + " " + role + " " + bucket.bucket(role))
        .doesNotContain("AKIAGIVEN", "given-secret");
  }

  @Test
  void whatIsNoArnIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AwsCredentials.InSecret("my-secret"))
        .withMessageContaining("arn:aws:secretsmanager:REGION");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new AwsCredentials.AssumedRole(
                    "writer", Optional.empty(), new AwsCredentials.Chain()))
        .withMessageContaining("arn:aws:iam::ACCOUNT:role/NAME");
  }

  private S3Sink sink(AwsCredentials credentials) {
    return new S3Sink(
        bucket.bucket(credentials),
        ObjectLayout.CONTRACT,
        S3Sink.DEFAULT_BOUNDS,
        bucket.retries(),
        bucket.clients);
  }

  private String lastSignature() {
    return bucket.http.requests().getLast().firstMatchingHeader("Authorization").orElse("");
  }

  private long reads() {
    return bucket.http.requests().stream()
        .map(SdkHttpRequest::headers)
        .filter(headers -> headers.toString().contains("secretsmanager.GetSecretValue"))
        .count();
  }

  private String secret(String text) {
    return secrets
        .createSecret(request -> request.name("keys-" + UUID.randomUUID()).secretString(text))
        .arn();
  }

  private void rotate(String text) {
    secrets.putSecretValue(request -> request.secretId(arn).secretString(text));
  }
}
