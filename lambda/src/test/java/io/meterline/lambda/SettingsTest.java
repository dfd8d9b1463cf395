package io.meterline.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meterline.core.find.Markers;
import io.meterline.core.rule.Mapping;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {
  private static final String RECORD =
      "    record: {meterApiName: \"'m'\", customerId: \"'c'\", meterValue: '1'}\n";

  @Test
  void theReferencesVariablesAreEnough() {
    Settings settings =
        Settings.of(
            Map.of("INGEST_BUCKET_NAME", "bucket", "ACCESS_KEY", "AKIA", "SECRET_KEY", "s3cr3t"));

    assertThat(settings.sink()).isEqualTo("s3://bucket");
    assertThat(settings.quarantine()).isEmpty();
    assertThat(settings.markers().words()).isEqualTo(Markers.DEFAULT.words());
    assertThat(settings.destinations().region()).contains("us-west-2");
    assertThat(settings.toString()).doesNotContain("s3cr3t");
  }

  @Test
  void theSinkOverridesTheBucket() {
    Settings settings =
        Settings.of(
            Map.of("INGEST_BUCKET_NAME", "bucket", "METERLINE_SINK", "https://example.com/in"));

    assertThat(settings.sink()).isEqualTo("https://example.com/in");
  }

  @Test
  void markersAreCommaSeparated() {
    Settings settings =
        Settings.of(Map.of("INGEST_BUCKET_NAME", "b", "METERLINE_MARKERS", "usage, billing ,"));

    assertThat(settings.markers().words()).containsExactly("usage", "billing");
  }

  @Test
  void withoutABucketItSaysWhichVariableIsMissing() {
    assertThatThrownBy(() -> Settings.of(Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("INGEST_BUCKET_NAME")
        .hasMessageContaining("METERLINE_SINK");
  }

  @ParameterizedTest
  @CsvSource({
    "METERLINE_MARKERS, me\"ter",
    "METERLINE_MAX_RECORD_BYTES, lots",
    "METERLINE_MAX_PAYLOAD_BYTES, 0",
    "METERLINE_MAX_BODY_BYTES, -1",
    "METERLINE_FORMAT, xml",
    "METERLINE_S3_ENDPOINT, nowhere",
    "METERLINE_S3_ACL, everyone",
    "METERLINE_PREFIX, /absolute",
    "METERLINE_CREDENTIALS_SECRET, my-secret",
    "METERLINE_ASSUME_ROLE, my-role",
    "ACCESS_KEY, alone",
    "METERLINE_REFUSAL_GRACE, soon",
    "METERLINE_REFUSAL_GRACE, -1",
    "METERLINE_REFUSAL_GRACE, -PT1S",
    "METERLINE_REFUSAL_GRACE, 604801",
    "METERLINE_INSECURE_HTTP, true",
    "METERLINE_SINK, dir:/tmp/x",
    "METERLINE_SINK, DIR:x",
    "METERLINE_QUARANTINE, dir:/tmp/x",
  })
  void aWrongVariableIsNamed(String name, String value) {
    Map<String, String> environment = new HashMap<>(Map.of("INGEST_BUCKET_NAME", "bucket"));
    environment.put(name, value);

    assertThatThrownBy(() -> Settings.of(environment))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(name);
  }

  @ParameterizedTest
  @CsvSource({"900, PT15M", "0, PT0S", "PT1H, PT1H", "604800, P7D"})
  void theGraceIsInSecondsOrADuration(String text, Duration grace) {
    assertThat(
            Settings.of(Map.of("INGEST_BUCKET_NAME", "b", "METERLINE_REFUSAL_GRACE", text))
                .refusalGrace())
        .isEqualTo(grace);
    assertThat(Settings.of(Map.of("INGEST_BUCKET_NAME", "b")).refusalGrace())
        .isEqualTo(Duration.ofMinutes(15));
  }

  @Test
  void whatAnAddressMayHideIsNotShown() {
    Map<String, String> environment =
        Map.of(
            "METERLINE_SINK",
            "https://u:pa55@h/in?token=t0k",
            "METERLINE_QUARANTINE",
            "s3://quarantine?region=eu-west-1");
    assertThat(Settings.of(environment).toString()).doesNotContain("pa55", "t0k");
    assertThatThrownBy(() -> Wiring.ofEnvironment(environment).ports())
        .hasMessageStartingWith("METERLINE_SINK: ")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("pa55", "t0k"));
  }

  @Test
  void aKeyGoesToAnotherMachineByTlsUnlessItIsAllowed() {
    Map<String, String> environment =
        new HashMap<>(
            Map.of(
                "METERLINE_SINK", "http://receiver.example/in",
                "METERLINE_QUARANTINE", "s3://quarantine?region=eu-west-1",
                "METERLINE_API_KEY", "k3y"));
    assertThatThrownBy(() -> Wiring.ofEnvironment(environment).ports())
        .hasMessageStartingWith("METERLINE_SINK: ")
        .hasMessageContaining("METERLINE_INSECURE_HTTP=1");
    environment.put("METERLINE_INSECURE_HTTP", "1");
    assertThat(Wiring.ofEnvironment(environment).ports()).isNotNull();
  }

  @ParameterizedTest
  @CsvSource({"METERLINE_SINK, ftp://x", "METERLINE_QUARANTINE, https://x"})
  void aUriThatLeadsNowhereIsNamed(String name, String value) {
    Map<String, String> environment = new HashMap<>(Map.of("INGEST_BUCKET_NAME", "bucket"));
    environment.put(name, value);

    assertThatThrownBy(() -> Wiring.ofEnvironment(environment).ports())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(name)
        .hasMessageContaining(value);
  }

  @Test
  void rulesMayStandInTheVariableAndWithoutItThereAreNone() {
    Map<String, String> environment = new HashMap<>(Map.of("INGEST_BUCKET_NAME", "bucket"));
    assertThat(Wiring.ofEnvironment(environment).ports().mapping()).isSameAs(Mapping.NONE);

    environment.put("METERLINE_MAPPING", "builtin:nginx-combined");
    assertThat(Wiring.ofEnvironment(environment).ports().mapping()).isNotSameAs(Mapping.NONE);

    environment.put("METERLINE_MAPPING", "rules:\n  - name: all\n    contains: s3://\n" + RECORD);
    assertThat(Wiring.ofEnvironment(environment).ports().mapping()).isNotSameAs(Mapping.NONE);
  }

  @ParameterizedTest
  @CsvSource({
    "rules.yaml, METERLINE_MAPPING:1:1",
    "builtin:apache, nginx-combined",
    "'rules: [{name: x, containz: y}]', contains",
    "s3://bucket, lacks the object's key",
    "s3://bucket/, lacks the object's key",
    "s3://bucket/rules.yaml?acl=public, acl",
    "s3://B/rules.yaml, B",
    "ssm:, lacks the parameter's name",
    "ssm:rules?acl=public, acl",
  })
  void wrongRulesAreNamedWithTheirVariable(String mapping, String words) {
    Map<String, String> environment =
        Map.of("INGEST_BUCKET_NAME", "bucket", "METERLINE_MAPPING", mapping);

    assertThatThrownBy(() -> Wiring.ofEnvironment(environment).ports())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("METERLINE_MAPPING: ")
        .hasMessageContaining(words);
  }
}
