package io.meterline.aws;

import io.meterline.core.UriText;
import io.meterline.core.retry.Retries;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Short texts that are somewhere in AWS, read with the function's own credentials.
 *
 * <table>
 * <caption>The forms</caption>
 * <tr><td>{@code s3://BUCKET/KEY}</td><td>an object; options are {@code endpoint}, {@code
 *     region}</td></tr>
 * <tr><td>{@code ssm:NAME}</td><td>a parameter of Systems Manager, {@code ssm:/meterline/rules};
 *     options are {@code endpoint}, {@code region}</td></tr>
 * </table>
 */
public final class Documents {
  private static final Duration BUDGET = Duration.ofSeconds(5);
  private static final String S3 = "s3://";
  private static final String SSM = "ssm:";

  private final DestinationSettings settings;
  private final AwsClients clients;

  public Documents(DestinationSettings settings) {
    this(settings, new AwsClients());
  }

  Documents(DestinationSettings settings, AwsClients clients) {
    this.settings = settings;
    this.clients = clients;
  }

  /** Whether the text says where a document is, and is none itself. */
  public static boolean isLocation(String text) {
    return text.lines().count() == 1 && (text.startsWith(S3) || text.startsWith(SSM));
  }

  /**
   * The text there.
   *
   * @throws IllegalArgumentException where the location is wrongly written
   * @throws IOException where it can't be read
   */
  public String read(String location) throws IOException {
    return location.startsWith(SSM) ? parameter(location) : object(location);
  }

  private String object(String location) throws IOException {
    DestinationUri uri = DestinationUri.of(location, S3, List.of("endpoint", "region"));
    S3Uri parsed = S3Uri.quarantine(location, settings);
    S3Bucket bucket = parsed.bucket();
    String key =
        parsed
            .prefix()
            .filter(path -> !path.endsWith("/"))
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "'%s' lacks the object's key, such as s3://BUCKET/rules.yaml"
                            .formatted(UriText.shown(location))));
    CredentialsSource credentials =
        CredentialsSource.of(uri.credentials(new AwsCredentials.Chain()), bucket.region(), clients);
    S3Client client = clients.s3(bucket.region(), bucket.endpoint(), credentials.provider());
    byte[] text =
        calls(credentials)
            .call(
                "s3://" + bucket.name() + "/" + key,
                "s3:GetObject on it",
                () ->
                    client
                        .getObjectAsBytes(request -> request.bucket(bucket.name()).key(key))
                        .asByteArray());
    return new String(text, StandardCharsets.UTF_8);
  }

  private String parameter(String location) throws IOException {
    DestinationUri uri = DestinationUri.of(location, SSM, List.of("endpoint", "region"));
    if (uri.path().isBlank()) {
      throw new IllegalArgumentException(
          "'%s' lacks the parameter's name, such as ssm:/meterline/rules"
              .formatted(UriText.shown(location)));
    }
    String region =
        uri.options()
            .text("region")
            .or(settings::homeRegion)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        location + ": no region is known: add ?region=… to it, or set AWS_REGION"));
    CredentialsSource credentials =
        CredentialsSource.of(new AwsCredentials.Chain(), region, clients);
    SystemsManager systemsManager =
        new SystemsManager(
            clients.http(), region, uri.options().parsed("endpoint", Options::endpoint));
    return calls(credentials)
        .call(
            UriText.shown(location),
            "ssm:GetParameter on it, and kms:Decrypt where it is a SecureString",
            () -> systemsManager.parameter(uri.path(), credentials.provider()));
  }

  private static AwsCalls calls(CredentialsSource credentials) {
    return new AwsCalls(credentials, Retries.system(AwsRetries.within(BUDGET)));
  }
}
