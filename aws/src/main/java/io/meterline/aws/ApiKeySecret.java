package io.meterline.aws;

import io.meterline.core.Secret;
import java.io.IOException;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/**
 * The API key of a receiver, in a secret of Secrets Manager: the key alone, or a JSON object with
 * {@code apiKey}.
 */
final class ApiKeySecret {
  private static final String FORM = "the key alone, or a JSON object with \"apiKey\"";

  private final AwsCredentials.InSecret secret;
  private final SecretsManagerClient client;

  ApiKeySecret(AwsCredentials.InSecret secret, AwsClients clients) {
    this.secret = secret;
    this.client = clients.secrets(secret.region(), DefaultCredentialsProvider.builder().build());
  }

  /**
   * Reads the key.
   *
   * @throws IOException that names the secret and never what is in it
   */
  Secret read() throws IOException {
    String text;
    try {
      text = client.getSecretValue(request -> request.secretId(secret.arn())).secretString();
    } catch (SdkException e) {
      throw Failures.of(
          e,
          secret.arn(),
          "secretsmanager:GetSecretValue on it, and kms:Decrypt where it has a key of its own");
    }
    String key = text == null ? "" : key(text.strip());
    if (key.isBlank() || !key.chars().allMatch(c -> c >= ' ' && c < 127)) {
      throw new IOException(secret.arn() + ": is not " + FORM + ", in printable ASCII characters");
    }
    return new Secret(key);
  }

  private static String key(String text) {
    if (!text.startsWith("{")) {
      return text;
    }
    try {
      JsonNode node = JsonNode.parser().parse(text);
      JsonNode member = node.isObject() ? node.asObject().get("apiKey") : null;
      return member != null && member.isString() ? member.asString().strip() : "";
    } catch (RuntimeException e) {
      // Neither cause nor text: both may quote the secret.
      return "";
    }
  }
}
