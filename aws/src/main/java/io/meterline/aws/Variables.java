package io.meterline.aws;

import io.meterline.core.Secret;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Settings by name; one that is blank counts as not there. */
public final class Variables {
  private final Map<String, String> values;

  public Variables(Map<String, String> values) {
    this.values = Map.copyOf(values);
  }

  /** The text of a setting. */
  public Optional<String> text(String name) {
    return Optional.ofNullable(values.get(name)).map(String::strip).filter(text -> !text.isEmpty());
  }

  /**
   * What {@code parser} makes of a setting.
   *
   * @throws IllegalArgumentException that names the setting, where the parser throws one
   */
  public <T> Optional<T> parsed(String name, Function<String, T> parser) {
    try {
      return text(name).map(parser);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
    }
  }

  /** Those that sinks are written to with. */
  AwsCredentials credentials() {
    AwsCredentials own = ownCredentials();
    return this.<AwsCredentials>parsed(
            "METERLINE_ASSUME_ROLE",
            arn ->
                new AwsCredentials.AssumedRole(arn, text("METERLINE_ASSUME_ROLE_EXTERNAL_ID"), own))
        .orElse(own);
  }

  private AwsCredentials ownCredentials() {
    Optional<AwsCredentials> secret =
        parsed("METERLINE_CREDENTIALS_SECRET", AwsCredentials.InSecret::new);
    Optional<Secret> accessKey = parsed("ACCESS_KEY", Secret::visible);
    Optional<Secret> secretKey = parsed("SECRET_KEY", Secret::visible);
    if (accessKey.isPresent() != secretKey.isPresent()) {
      throw new IllegalArgumentException(
          "%s is set, so %s must be too"
              .formatted(
                  accessKey.isPresent() ? "ACCESS_KEY" : "SECRET_KEY",
                  accessKey.isPresent() ? "SECRET_KEY" : "ACCESS_KEY"));
    }
    if (secret.isPresent() && accessKey.isPresent()) {
      throw new IllegalArgumentException(
          "METERLINE_CREDENTIALS_SECRET and ACCESS_KEY are both set: take one away");
    }
    if (accessKey.isPresent() && secretKey.isPresent()) {
      return new AwsCredentials.KeyPair(accessKey.get().reveal(), secretKey.get());
    }
    return secret.orElseGet(AwsCredentials.Chain::new);
  }
}
