package io.meterline.aws;

import io.meterline.core.UriText;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads {@code sqs://REGION/ACCOUNT/NAME.fifo?options} and {@code sqs:URL?options}, where the URL
 * is the queue's own.
 */
final class SqsUri {
  private static final List<String> OPTIONS =
      List.of("endpoint", "external-id", "group", "max-bytes", "region", "role", "secret");
  private static final Pattern AT_AWS =
      Pattern.compile("https://sqs\\.([a-z0-9-]+)\\.amazonaws\\.com(?:\\.cn)?/.*");

  private SqsUri() {}

  static SqsFifoQueue queue(String uri, DestinationSettings settings) {
    return uri.startsWith("sqs://") ? byName(uri, settings) : byUrl(uri, settings);
  }

  private static SqsFifoQueue byName(String uri, DestinationSettings settings) {
    DestinationUri parsed = DestinationUri.of(uri, "sqs://", OPTIONS);
    String[] words = parsed.path().split("/", -1);
    if (words.length != 3 || !words[0].matches("[a-z0-9-]+") || !words[1].matches("\\d+")) {
      throw new IllegalArgumentException(
          "'%s' must be sqs://REGION/ACCOUNT/NAME.fifo".formatted(UriText.shown(uri)));
    }
    URI atAws =
        URI.create("https://sqs.%s.amazonaws.com/%s/%s".formatted(words[0], words[1], words[2]));
    return queue(parsed, atAws, words[0], Optional.empty(), settings);
  }

  private static SqsFifoQueue byUrl(String uri, DestinationSettings settings) {
    DestinationUri parsed = DestinationUri.of(uri, "sqs:", OPTIONS);
    if (!parsed.path().matches("https?://[^/@]+/.+")) {
      throw new IllegalArgumentException(
          "'%s' must be sqs: with the queue's URL, or sqs://REGION/ACCOUNT/NAME.fifo"
              .formatted(UriText.shown(uri)));
    }
    URI url = URI.create(parsed.path());
    Matcher atAws = AT_AWS.matcher(parsed.path());
    return atAws.matches()
        ? queue(parsed, url, atAws.group(1), Optional.empty(), settings)
        : queue(
            parsed,
            url,
            settings.region().orElse(S3Bucket.DEFAULT_REGION),
            Optional.of(URI.create(url.getScheme() + "://" + url.getRawAuthority())),
            settings);
  }

  private static SqsFifoQueue queue(
      DestinationUri uri,
      URI url,
      String region,
      Optional<URI> endpoint,
      DestinationSettings settings) {
    Options options = uri.options();
    Optional<URI> service = options.parsed("endpoint", Options::endpoint).or(() -> endpoint);
    return uri.checked(
        () ->
            new SqsFifoQueue(
                url,
                service.isPresent()
                    ? options.text("region").orElse(region)
                    : Regions.known(options.text("region").orElse(region)),
                service,
                options.text("group").orElse(SqsFifoQueue.DEFAULT_GROUP),
                options
                    .parsed("max-bytes", Options::positive)
                    .orElse(SqsFifoQueue.DEFAULT_MESSAGE_BYTES),
                uri.credentials(settings.credentials())));
  }
}
