package io.meterline.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.meterline.core.BodyFormat;
import io.meterline.core.MeterSink;
import io.meterline.core.Quarantine;
import io.meterline.core.Secret;
import io.meterline.core.folder.FolderQuarantine;
import io.meterline.core.folder.FolderSink;
import io.meterline.core.http.HttpSink;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DestinationsTest {
  private static final Quarantine NONE =
      (id, part, entries) -> {
        throw new AssertionError("nothing is refused here");
      };
  private static final DestinationSettings SETTINGS =
      DestinationSettings.of(Map.of("METERLINE_S3_REGION", "us-west-2"));

  @TempDir private Path home;

  private final Destinations destinations = new Destinations(SETTINGS);

  @Test
  void eachSchemeHasItsSink() {
    assertThat(sink("dir:out")).isInstanceOf(FolderSink.class);
    assertThat(sink("s3://bucket")).isInstanceOf(S3Sink.class);
    assertThat(sink("https://app.example/ingest?tenant=7")).isInstanceOf(HttpSink.class);
    assertThat(sink("http://127.0.0.1:8080/ingest")).isInstanceOf(HttpSink.class);
    assertThat(sink("sqs://eu-west-1/123456789012/usage.fifo")).isInstanceOf(SqsFifoSink.class);
    assertThat(destinations.quarantine("dir:out")).isInstanceOf(FolderQuarantine.class);
    assertThat(destinations.quarantine("s3://bucket/q")).isInstanceOf(S3Quarantine.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "s3://AKIAEXAMPLE:s3cr3t@bucket",
        "s3://AKIAEXAMPLE:s3cr3t/bucket",
        "s3://AKIAEXAMPLE:s3cr3t",
        "s3://AKIAEXAMPLE:1/s3cr3t/bucket",
        "s3://AKIAEXAMPLE:1/s3cr3t@bucket",
        "s3://AKIAEXAMPLE%3As3cr3t/bucket",
        "s3://s3cr3t%40bucket/a",
      })
  void aKeyInPlaceOfABucketIsRefusedAndNotShown(String uri) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> sink(uri))
        .satisfies(e -> assertThat(shown(e)).doesNotContain("s3cr3t"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> destinations.quarantine(uri))
        .satisfies(e -> assertThat(shown(e)).doesNotContain("s3cr3t"));
  }

  private static String shown(Exception failure) {
    StringWriter text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text));
    return text.toString();
  }

  @Test
  void onlyAFolderIsAFolder() {
    assertThat(Destinations.folder("dir:out/./x")).contains(Path.of("out/x").toAbsolutePath());
    assertThat(Destinations.folder("s3://bucket")).isEmpty();
  }

  @Test
  void aBucketAloneIsWhatTheContractAsksFor() {
    S3Uri uri = S3Uri.sink("s3://bucket", SETTINGS);
    assertThat(uri.bucket())
        .isEqualTo(
            new S3Bucket(
                "bucket",
                "us-west-2",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                new AwsCredentials.Chain()));
    assertThat(uri.prefix()).isEmpty();
    assertThat(S3Uri.sink("s3://bucket/", SETTINGS).prefix()).isEmpty();
  }

  @Test
  void everyOptionOfABucketIsRead() {
    S3Uri uri =
        S3Uri.sink(
            "s3://bucket/a/b?endpoint=http://127.0.0.1:9000&region=eu-west-1"
                + "&acl=bucket-owner-full-control&kms=arn:aws:kms:eu-west-1:1:key/a%2Bb"
                + "&format=ndjson.gz&max-bytes=1000&role=arn:aws:iam::12:role/w&external-id=e+1",
            SETTINGS);
    assertThat(uri)
        .isEqualTo(
            new S3Uri(
                new S3Bucket(
                    "bucket",
                    "eu-west-1",
                    Optional.of(URI.create("http://127.0.0.1:9000")),
                    Optional.of("bucket-owner-full-control"),
                    Optional.of("arn:aws:kms:eu-west-1:1:key/a+b"),
                    new AwsCredentials.AssumedRole(
                        "arn:aws:iam::12:role/w", Optional.of("e+1"), new AwsCredentials.Chain())),
                Optional.of("a/b"),
                Optional.of(BodyFormat.NDJSON_GZ),
                Optional.of(1000)));
  }

  @Test
  void aQueueIsNamedByRegionAccountAndNameOrByItsUrl() {
    SqsFifoQueue queue = SqsUri.queue("sqs://eu-west-1/123456789012/u.fifo?group=g", SETTINGS);
    assertThat(queue.url())
        .isEqualTo(URI.create("https://sqs.eu-west-1.amazonaws.com/123456789012/u.fifo"));
    assertThat(queue.region()).isEqualTo("eu-west-1");
    assertThat(queue.group()).isEqualTo("g");
    assertThat(
            SqsUri.queue(
                "sqs:https://sqs.eu-west-1.amazonaws.com/123456789012/u.fifo?group=g", SETTINGS))
        .isEqualTo(queue);
  }

  @Test
  void aQueueElsewhereIsReachedThroughItsOwnUrl() {
    SqsFifoQueue queue =
        SqsUri.queue("sqs:http://127.0.0.1:5000/1/u.fifo?region=eu-west-1", SETTINGS);
    assertThat(queue.endpoint()).contains(URI.create("http://127.0.0.1:5000"));
    assertThat(queue.region()).isEqualTo("eu-west-1");
    assertThat(queue.maxMessageBytes()).isEqualTo(262_144);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "s3//bucket | must start with dir:, s3://, https://, http:// or sqs:",
        "s3:bucket | did you mean 's3://'?",
        "S3://bucket | did you mean 's3://'?",
        "gs://bucket | did you mean 's3://'?",
        "dir: | lacks its folder",
        "s3:// | is not a bucket name",
        "s3://bucket?reigon=x | unknown option 'reigon': did you mean 'region'?",
        "s3://bucket?sse=x | unknown option 'sse' (known: acl, endpoint",
        "s3://bucket?region=a&region=b | option 'region' is given twice",
        "s3://bucket?region=US%20West | 'US West' is not a region of AWS",
        "s3://bucket?region=eu-wst-1 | 'eu-wst-1' is not a region of AWS: did you mean 'eu-west-1'?",
        "sqs://eu-wst-1/12/u.fifo | 'eu-wst-1' is not a region of AWS: did you mean 'eu-west-1'?",
        "s3://My_Bucket | 'My_Bucket' is not a bucket name: that has 3 to 63 lower-case letters",
        "s3://ab | is not a bucket name",
        "s3://a..b | is not a bucket name",
        "s3://bucket- | is not a bucket name",
        "s3://10.0.0.1 | is not a bucket name",
        "s3://xn--bucket | is not a bucket name",
        "s3://bucket?acl=bucket-owner-ful-control | did you mean 'bucket-owner-full-control'?",
        "s3://bucket?format=csv | 'csv' is not one of json, json.gz, ndjson, ndjson.gz",
        "s3://bucket?endpoint=localhost:9000 | 'localhost:9000' is not an endpoint, such as http",
        "s3://bucket?max-bytes=32M | option 'max-bytes': '32M' is not a number",
        "s3://bucket?role=w | option 'role': 'w' is not the ARN of a role",
        "s3://bucket?secret=w | option 'secret': it is not the ARN of a secret",
        "s3://bucket//a | must be relative, without '..' or '//'",
        "https:///ingest | must start with http:// or https:// and a host",
        "sqs://eu-west-1/usage.fifo | must be sqs://REGION/ACCOUNT/NAME.fifo",
        "sqs://eu-west-1/12/usage | its name does not end with .fifo",
        "sqs:usage.fifo | must be sqs: with the queue's URL",
        "sqs://eu-west-1/12/u.fifo?acl=x | unknown option 'acl'"
      })
  void aMistakeIsExplained(String uri, String explanation) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> sink(uri))
        .withMessageContaining(explanation);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "s3://AKIA1:pa55word@bucket/x",
        "sqs:https://u:pa55word@sqs.eu-west-1.amazonaws.com/1/u.fifo",
        "https://u:pa55word@host/ingest"
      })
  void keysInAUriAreRefusedAndNotShown(String uri) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> sink(uri))
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("pa55word", "AKIA1"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "htps://u:pa55word@host/ingest?token=t0ken",
        "https://u:pa55 word@host/in gest?token=t0ken",
        "https://u:pa?ss#t0ken@host/pa55word",
        "https://host/in gest?token=t0ken pa55word",
        "https:///ingest?token=t0ken&pa55word",
        "https://host:99999/ingest?token=t0ken#pa55word",
        "u:pa55word@host/t0ken",
        "ftp://host/x?pa55word=t0ken",
        "s3://bucket?pa55word",
        "s3://bucket?pa55word=%zz",
        "s3://bucket?secret=pa55word&region=eu-west-1",
        "s3://bucket?region=eu-west-1&endpoint=http://u:pa55word@host",
        "s3://bucket?format=json&region=%zzt0ken",
        "sqs:usage.fifo?token=t0ken-pa55word",
        "sqs:https://host/u.fifo?secret=t0ken",
        "sqs://eu-west-1/12?t0ken=pa55word"
      })
  void whatAnAddressMayHideIsNeverShown(String uri) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> sink(uri))
        .satisfies(
            e -> {
              StringWriter all = new StringWriter();
              e.printStackTrace(new PrintWriter(all));
              assertThat(all.toString()).doesNotContain("pa55", "t0ken");
            });
  }

  @Test
  void aKeyGoesToAnotherMachineByTlsAlone() {
    DestinationSettings settings = DestinationSettings.of(Map.of("METERLINE_API_KEY", "k3y"));
    Destinations keyed = new Destinations(settings);
    for (String url :
        List.of("http://app.example/in", "http://10.0.0.1:80/", "http://localhost.example/")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> keyed.sink(url, NONE))
          .withMessageContaining("--insecure-http")
          .withMessageContaining("METERLINE_INSECURE_HTTP=1")
          .satisfies(e -> assertThat(e.getMessage()).doesNotContain("k3y"));
      assertThat(new Destinations(settings.withInsecureHttp()).sink(url, NONE)).isNotNull();
      assertThat(sink(url)).as("without a key").isNotNull();
    }
    for (String url :
        List.of(
            "https://app.example/in",
            "http://localhost:8080/in",
            "http://a.localhost/",
            "http://127.8.9.1/",
            "http://[::1]:80/")) {
      assertThat(keyed.sink(url, NONE)).as(url).isNotNull();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"METERLINE_API_KEY", "ACCESS_KEY", "SECRET_KEY"})
  void aKeyThatNoHeaderCanCarryIsRefusedAndNotShown(String variable) {
    for (String wrong :
        List.of(
            "k3y\u200b",
            "\ufeffk3y",
            "k3\u20acy",
            "k3y\r\nk3y",
            "k3y k3y",
            "k3\u0000y",
            "k3\u00e9")) {
      Map<String, String> environment = new HashMap<>(Map.of("ACCESS_KEY", "a", "SECRET_KEY", "s"));
      environment.put(variable, wrong);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> DestinationSettings.of(environment))
          .withMessageStartingWith(variable + ": character ")
          .withMessageContaining("visible ASCII")
          .satisfies(e -> assertThat(e.getMessage()).doesNotContain("k3"));
    }
  }

  @Test
  void whiteSpaceAroundAKeyIsDroppedAsAFileHasIt() {
    assertThat(DestinationSettings.of(Map.of("METERLINE_API_KEY", " k3y\r\n")).apiKey())
        .hasValueSatisfying(key -> assertThat(key.reveal()).isEqualTo("k3y"));
  }

  @Test
  void aQuarantineIsAFolderOrABucket() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> destinations.quarantine("https://host/q"))
        .withMessageContaining("must start with dir: or s3://");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> destinations.quarantine("s3://bucket?format=json"))
        .withMessageContaining("unknown option 'format'");
  }

  @Test
  void settingsHoldWhereTheUriSaysNothing() {
    DestinationSettings settings =
        DestinationSettings.of(
            Map.of(
                "METERLINE_S3_ENDPOINT", "http://127.0.0.1:9000",
                "METERLINE_S3_REGION", "eu-west-1",
                "METERLINE_S3_ACL", "bucket-owner-full-control",
                "METERLINE_S3_KMS_KEY", "alias/usage",
                "METERLINE_FORMAT", "json.gz",
                "METERLINE_RETRY_SECONDS", "7",
                "AWS_REGION", "eu-central-1",
                "ACCESS_KEY", "AKIA1",
                "SECRET_KEY", "s3cret"));
    S3Bucket bucket = S3Uri.sink("s3://bucket", settings).bucket();
    assertThat(bucket.region()).isEqualTo("eu-west-1");
    assertThat(bucket.endpoint()).contains(URI.create("http://127.0.0.1:9000"));
    assertThat(bucket.acl()).contains("bucket-owner-full-control");
    assertThat(bucket.kmsKey()).contains("alias/usage");
    assertThat(bucket.credentials()).isInstanceOf(AwsCredentials.KeyPair.class);
    assertThat(settings.format()).contains(BodyFormat.JSON_GZ);
    assertThat(settings.retryBudget()).contains(Duration.ofSeconds(7));
    assertThat(S3Uri.sink("s3://bucket?endpoint=&region=us-east-1", settings).bucket())
        .satisfies(
            own -> {
              assertThat(own.endpoint()).isEmpty();
              assertThat(own.region()).isEqualTo("us-east-1");
            });
    assertThat(settings.toString()).doesNotContain("AKIA1", "s3cret");
  }

  @Test
  void theQuarantineIsTheOperatorsOwn() {
    DestinationSettings settings =
        DestinationSettings.of(
            Map.of(
                "METERLINE_S3_ENDPOINT", "http://127.0.0.1:9000",
                "METERLINE_S3_ACL", "bucket-owner-full-control",
                "AWS_REGION", "eu-central-1",
                "ACCESS_KEY", "AKIA1",
                "SECRET_KEY", "s3cret"));
    S3Bucket bucket = S3Uri.quarantine("s3://bucket/q", settings).bucket();
    assertThat(bucket)
        .isEqualTo(
            new S3Bucket(
                "bucket",
                "eu-central-1",
                Optional.of(URI.create("http://127.0.0.1:9000")),
                Optional.empty(),
                Optional.empty(),
                new AwsCredentials.Chain()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "METERLINE_S3_ENDPOINT | localhost | METERLINE_S3_ENDPOINT: 'localhost' is not an endpoint",
        "METERLINE_FORMAT | xml | METERLINE_FORMAT: 'xml' is not one of",
        "METERLINE_PREFIX | ../up | METERLINE_PREFIX: prefix '../up' must be relative",
        "METERLINE_MAX_BODY_BYTES | -1 | METERLINE_MAX_BODY_BYTES: '-1' is not a number",
        "METERLINE_RETRY_SECONDS | 5m | METERLINE_RETRY_SECONDS: '5m' is not a number of seconds",
        "METERLINE_ASSUME_ROLE | w | METERLINE_ASSUME_ROLE: 'w' is not the ARN of a role",
        "METERLINE_CREDENTIALS_SECRET | w | METERLINE_CREDENTIALS_SECRET: it is not the ARN",
        "METERLINE_INSECURE_HTTP | yes | METERLINE_INSECURE_HTTP: must be 1 or 0, not 'yes'",
        "ACCESS_KEY | a | ACCESS_KEY is set, so SECRET_KEY must be too",
        "SECRET_KEY | a | SECRET_KEY is set, so ACCESS_KEY must be too"
      })
  void aWrongVariableIsNamed(String name, String value, String explanation) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DestinationSettings.of(Map.of(name, value)))
        .withMessageContaining(explanation);
  }

  @Test
  void aRoleIsAssumedWithTheGivenKeyPair() {
    DestinationSettings settings =
        DestinationSettings.of(
            Map.of(
                "METERLINE_ASSUME_ROLE", "arn:aws:iam::12:role/w",
                "ACCESS_KEY", "AKIA1",
                "SECRET_KEY", "s3cret"));
    assertThat(settings.credentials())
        .isInstanceOfSatisfying(
            AwsCredentials.AssumedRole.class,
            role -> assertThat(role.from()).isInstanceOf(AwsCredentials.KeyPair.class));
    assertThat(new Secret("s3cret")).hasToString("(secret)");
  }

  @Test
  void anotherStoreMayHaveOtherRegionsAndNames() {
    assertThat(S3Uri.sink("s3://My_Bucket?region=here&endpoint=http://127.0.0.1:9000", SETTINGS))
        .extracting(uri -> uri.bucket().region())
        .isEqualTo("here");
    assertThat(S3Uri.sink("s3://My_Bucket?region=us-east-1", SETTINGS).bucket().name())
        .isEqualTo("My_Bucket");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "METERLINE_S3_REGION=eu-west-1 AWS_REGION=eu-west-2 AWS_DEFAULT_REGION=eu-west-3 | eu-west-1 | eu-west-2",
        "AWS_REGION=eu-west-2 AWS_DEFAULT_REGION=eu-west-3 AWS_PROFILE=work | eu-west-2 | eu-west-2",
        "AWS_DEFAULT_REGION=eu-west-3 AWS_PROFILE=work  | eu-west-3    | eu-west-3",
        "AWS_PROFILE=work                               | eu-central-1 | eu-central-1",
        "AWS_PROFILE=default                            | eu-north-1   | eu-north-1",
        "A=b                                            | eu-north-1   | eu-north-1",
        "METERLINE_S3_REGION=eu-west-1                  | eu-west-1    | eu-west-1"
      })
  void theRegionIsTheOneThatToolsOfAwsWouldUse(String variables, String sink, String quarantine)
      throws IOException {
    Files.createDirectory(home.resolve(".aws"));
    Files.writeString(
        home.resolve(".aws/config"),
        "[default]\nregion = eu-north-1\n[profile work]\nregion = eu-central-1\n");
    DestinationSettings settings = DestinationSettings.of(environment(variables));
    assertThat(S3Uri.sink("s3://bucket", settings).bucket().region()).isEqualTo(sink);
    assertThat(S3Uri.quarantine("s3://bucket", settings).bucket().region()).isEqualTo(quarantine);
    assertThat(S3Uri.sink("s3://bucket?region=us-east-2", settings).bucket().region())
        .isEqualTo("us-east-2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"A=b", "AWS_PROFILE=other"})
  void whereNothingNamesARegionItIsSaidHowTo(String variables) throws IOException {
    Files.createDirectory(home.resolve(".aws"));
    Files.writeString(home.resolve(".aws/config"), "[profile work]\nregion = eu-central-1\n");
    Files.writeString(home.resolve(".aws/credentials"), "this is [ not a profile");
    DestinationSettings settings = DestinationSettings.of(environment(variables));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> S3Uri.sink("s3://bucket", settings))
        .withMessage(
            "s3://bucket: no region is known: add region=… to it, that of the bucket, or set"
                + " METERLINE_S3_REGION or AWS_REGION");
    assertThat(S3Uri.sink("s3://bucket?endpoint=http://127.0.0.1:1", settings).bucket().region())
        .isEqualTo("us-west-2");
  }

  private Map<String, String> environment(String variables) {
    Map<String, String> environment = new HashMap<>(Map.of("HOME", home.toString()));
    for (String variable : variables.split(" ", -1)) {
      environment.put(variable.split("=", 2)[0], variable.split("=", 2)[1]);
    }
    return environment;
  }

  @Test
  void aHostThatIsNotThereIsSaidAtOnce() {
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> destinations.checkSink("https://nowhere.invalid/ingest"))
        .withMessageMatching(
            "https://nowhere.invalid: the host nowhere.invalid (can't be found|was not found in"
                + " 2 s): correct its name, or look at this machine's network and DNS");
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(
            () -> destinations.checkQuarantine("s3://bucket/q?endpoint=http://nowhere.invalid"))
        .withMessageStartingWith("s3://bucket/q: the host nowhere.invalid ");
  }

  private MeterSink sink(String uri) {
    return destinations.sink(uri, NONE);
  }
}
