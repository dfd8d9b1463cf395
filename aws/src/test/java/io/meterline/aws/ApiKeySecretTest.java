package io.meterline.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.meterline.core.Delivery;
import io.meterline.core.MeterSink;
import io.meterline.core.Quarantine;
import io.meterline.core.Secret;
import io.meterline.testing.Batches;
import io.meterline.testing.MotoServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** An API key in Secrets Manager, and what happens when it is rotated. */
final class ApiKeySecretTest {
  private static final String ARN =
      "arn:aws:secretsmanager:us-west-2:123456789012:secret:receiver-AbCdEf";
  private static final Quarantine NONE =
      (id, part, entries) -> {
        throw new AssertionError("nothing is refused here");
      };

  private static MotoServer moto;

  private final List<String> keys = new ArrayList<>();
  private AwsClients clients;
  private SecretsManagerClient secrets;
  private String accepted = "first-key";

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

  @BeforeEach
  void begin() {
    System.setProperty("aws.accessKeyId", "AKIACHAIN");
    System.setProperty("aws.secretAccessKey", "chain-secret");
    clients = new AwsClients(new FaultyHttp(), Optional.of(moto.endpoint()));
    secrets = clients.secrets("us-west-2", DefaultCredentialsProvider.builder().build());
  }

  @AfterEach
  void end() {
    System.clearProperty("aws.accessKeyId");
    System.clearProperty("aws.secretAccessKey");
  }

  @ParameterizedTest
  @ValueSource(strings = {"first-key", " first-key\n", "{\"apiKey\":\"first-key\",\"of\":1}"})
  void theKeyStandsAloneOrInAnObject(String text) throws IOException {
    sink(secret(text)).deliver(Batches.of(0, 1));
    assertThat(keys).containsExactly("first-key");
  }

  @Test
  void aRotatedKeyIsReadAgainWhenADeliveryFails() throws IOException {
    String arn = secret("first-key");
    MeterSink sink = sink(arn);
    sink.deliver(Batches.of(0, 1));
    secrets.putSecretValue(request -> request.secretId(arn).secretString("second-key"));
    accepted = "second-key";
    sink.deliver(Batches.of(1, 1));
    sink.deliver(Batches.of(2, 1));
    assertThat(keys).containsExactly("first-key", "first-key", "second-key", "second-key");
  }

  @Test
  void aFailureWithTheKeyAsItIsIsNotTriedAgain() {
    MeterSink sink = sink(secret("wrong-key"));
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> sink.deliver(Batches.of(0, 1)))
        .withMessage("the key is refused");
    assertThat(keys).containsExactly("wrong-key");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"key\":\"hidden\"}", "{\"apiKey\":7}", "{hidden", "hidd\u20acen"})
  void aSecretOfAnotherFormIsNamedAndNotShown(String text) {
    String arn = secret(text);
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> sink(arn).deliver(Batches.of(0, 1)))
        .withMessageContaining(arn)
        .withMessageContaining("apiKey")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("hidd"));
  }

  @Test
  void aSecretThatCannotBeReadNamesThePermission() {
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> sink(ARN).deliver(Batches.of(0, 1)))
        .withMessageContaining(ARN);
  }

  @Test
  void theVariableNamesOneSecretAndStandsAlone() {
    assertThat(DestinationSettings.of(Map.of("METERLINE_API_KEY_SECRET", ARN)).apiKeySecret())
        .contains(new AwsCredentials.InSecret(ARN));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DestinationSettings.of(Map.of("METERLINE_API_KEY_SECRET", "key")))
        .withMessageContaining("METERLINE_API_KEY_SECRET");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                DestinationSettings.of(
                    Map.of("METERLINE_API_KEY_SECRET", ARN, "METERLINE_API_KEY", "k")))
        .withMessage(
            "METERLINE_API_KEY and METERLINE_API_KEY_SECRET are both set: remove one of them");
    assertThat(
            new Destinations(DestinationSettings.of(Map.of("METERLINE_API_KEY_SECRET", ARN)))
                .sink("https://ingest.example/records", NONE))
        .isInstanceOf(SecretApiKeySink.class);
  }

  private MeterSink sink(String arn) {
    return new SecretApiKeySink(
        new ApiKeySecret(new AwsCredentials.InSecret(arn), clients), this::receiver);
  }

  /** A receiver that takes one key. */
  private MeterSink receiver(Secret key) {
    return batch -> {
      keys.add(key.reveal());
      if (!key.reveal().equals(accepted)) {
        throw new IOException("the key is refused");
      }
      return Delivery.NOTHING;
    };
  }

  private String secret(String text) {
    return secrets
        .createSecret(request -> request.name("key-" + UUID.randomUUID()).secretString(text))
        .arn();
  }
}
