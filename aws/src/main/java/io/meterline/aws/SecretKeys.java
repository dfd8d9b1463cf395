package io.meterline.aws;

import io.meterline.core.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** A key pair in a secret of Secrets Manager, read when it is first needed. */
final class SecretKeys implements CredentialsSource {
  private static final String FORM =
      "a JSON object with \"accessKey\" and \"secretKey\", or \"ACCESS_KEY\" and \"SECRET_KEY\"";

  private final AwsCredentials.InSecret secret;
  private final SecretsManagerClient client;
  private @Nullable AwsBasicCredentials read;

  SecretKeys(AwsCredentials.InSecret secret, AwsClients clients) {
    this(secret, clients.secrets(secret.region(), DefaultCredentialsProvider.builder().build()));
  }

  SecretKeys(AwsCredentials.InSecret secret, SecretsManagerClient client) {
    this.secret = secret;
    this.client = client;
  }

  @Override
  public AwsCredentialsProvider provider() {
    return () -> {
      try {
        return current();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    };
  }

  @Override
  public void prepare() throws IOException {
    current();
  }

  @Override
  public synchronized boolean renew() throws IOException {
    AwsBasicCredentials before = read;
    read = fetch();
    return !read.equals(before);
  }

  private synchronized AwsBasicCredentials current() throws IOException {
    if (read == null) {
      read = fetch();
    }
    return read;
  }

  private AwsBasicCredentials fetch() throws IOException {
    String text;
    try {
      text = client.getSecretValue(request -> request.secretId(secret.arn())).secretString();
    } catch (SdkException e) {
      throw Failures.of(
          e,
          secret.arn(),
          "secretsmanager:GetSecretValue on it, and kms:Decrypt where it has a key of its own");
    }
    return parse(text == null ? "" : text);
  }

  private AwsBasicCredentials parse(String text) throws IOException {
    Map<String, JsonNode> members;
    try {
      JsonNode node = JsonNode.parser().parse(text);
      members = node.isObject() ? node.asObject() : Map.of();
    } catch (RuntimeException e) {
      // Neither cause nor text: both may quote the secret.
      throw new IOException(secret.arn() + ": is not " + FORM);
    }
    Optional<String> accessKey = first(members, "accessKey", "ACCESS_KEY");
    Optional<String> secretKey = first(members, "secretKey", "SECRET_KEY");
    if (accessKey.isEmpty() || secretKey.isEmpty()) {
      throw new IOException(secret.arn() + ": is not " + FORM);
    }
    return AwsBasicCredentials.create(visible(accessKey.get()), visible(secretKey.get()));
  }

  private String visible(String key) throws IOException {
    try {
      return Secret.visible(key).reveal();
    } catch (IllegalArgumentException e) {
      throw new IOException(secret.arn() + ": a key in it: " + e.getMessage(), e);
    }
  }

  private static Optional<String> first(Map<String, JsonNode> members, String... names) {
    for (String name : names) {
      JsonNode value = members.get(name);
      if (value != null && value.isString() && !value.asString().isBlank()) {
        return Optional.of(value.asString());
      }
    }
    return Optional.empty();
  }
}
