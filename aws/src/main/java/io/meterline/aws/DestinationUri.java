package io.meterline.aws;

import io.meterline.core.UriText;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A destination's URI in its parts.
 *
 * @param path what is between scheme and question mark
 */
record DestinationUri(String uri, String path, Options options) {
  private static final String S3 = "s3://";

  static DestinationUri of(String uri, String scheme, List<String> knownOptions) {
    int question = uri.indexOf('?');
    String path = uri.substring(scheme.length(), question < 0 ? uri.length() : question);
    // No bucket's name has one of these; the id of a key ends with a colon, as it is or escaped.
    String keys = scheme.equals(S3) ? "(?s)[^/]*[@:%].*" : "(?s)(https?://)?[^/]*@.*";
    if (path.matches(keys)) {
      throw new IllegalArgumentException(
          "keys do not belong in a URI of %s: give them as ACCESS_KEY and SECRET_KEY"
              .formatted(scheme));
    }
    String query = question < 0 ? "" : uri.substring(question + 1);
    return new DestinationUri(uri, path, new Options(uri, query, knownOptions));
  }

  /** Those that the options name, or else {@code others}. */
  AwsCredentials credentials(AwsCredentials others) {
    Optional<AwsCredentials> secret = options.parsed("secret", AwsCredentials.InSecret::new);
    AwsCredentials own = secret.orElse(others);
    return options
        .<AwsCredentials>parsed(
            "role", arn -> new AwsCredentials.AssumedRole(arn, options.text("external-id"), own))
        .orElse(own);
  }

  /** What {@code maker} makes; where it can't, the message starts with the URI. */
  <T> T checked(Supplier<T> maker) {
    try {
      return maker.get();
    } catch (IllegalArgumentException e) {
      String shown = UriText.shown(uri);
      String message = String.valueOf(e.getMessage());
      throw new IllegalArgumentException(
          message.startsWith(shown) ? message : shown + ": " + message, e);
    }
  }

  @Override
  public String toString() {
    return "DestinationUri(%s)".formatted(UriText.shown(uri));
  }
}
