package io.meterline.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class UriTextTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "https://host/in|https://host/in",
        "https://host/in?token=s|https://host/in",
        "https://host/in#s|https://host/in",
        "https://u:s@host/in?s|https://(hidden)@host/in",
        "https://u:s@s@host/in|https://(hidden)@host/in",
        "https://u:s?s@host/in|https://(hidden)",
        "https://host/in?a=s@s|https://(hidden)",
        "https://u:s%40host/in|https://(hidden)",
        "https://us%40host/in|https://(hidden)",
        "https://u:s/in|https://(hidden)",
        "https://host:8443/in|https://host:8443/in",
        "https://host:8443|https://host:8443",
        "https://[::1]:8443/in|https://[::1]:8443/in",
        "https://host/a:b%40c|https://host/a:b%40c",
        "u:s@host|(hidden)",
        "s3:bucket|s3:bucket",
        "dir:a@b?c|dir:a@b?c",
        "sqs:https://u:s@host/q|(hidden)",
      })
  void onlyThePlaceIsShown(String uri, String shown) {
    assertThat(UriText.shown(uri)).isEqualTo(shown);
  }

  @Test
  void aLineOfALogStaysALine() {
    assertThat(UriText.shown("https://h/a\r\n\u009b\u202eb\u001b[2J"))
        .isEqualTo("https://h/a b [2J");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "https://u:s@host/: no such file|https://(hidden)@host/: no such file",
        "https:/u:s@host: no such file|https:/(hidden)@host: no such file",
        "'https://u:s/s@host' is not a path|'https://(hidden)@host' is not a path",
        "'https://u:s?s@host/in' or|'https://(hidden)@host/in' or",
        "x https://u:s s's@host/in y|x https://(hidden)@host/in y",
        "Illegal character at index 11: https://u:s s@host|Illegal character at index 11: https://(hidden)@host",
        "s3://KEY:s/s/bucket: no|s3://(hidden): no",
        "'s3://KEY:s@bucket'|'s3://(hidden)@bucket'",
        "https://s@host, then http://u:s@other.|https://(hidden)@host, then http://(hidden)@other.",
        "https://u:s%40host/in|https://(hidden)",
        "https://u:12/s@host/in|https://(hidden)@host/in",
        "https://host/a?x=1&X-Amz-Signature=s&y=2|https://host/a?x=1&X-Amz-Signature=(hidden)&y=2",
        "https://host/in?a=1&key=s.s: no|https://host/in?a=1&key=(hidden): no",
        "'https://host/in?token=s'|'https://host/in?token=(hidden)'",
        "http://127.0.0.1:8080: answers 503|http://127.0.0.1:8080: answers 503",
        "http://localhost:8080/in: no connection|http://localhost:8080/in: no connection",
        "at http://[::1]:8080/: end it|at http://[::1]:8080/: end it",
        "s3://bucket/a@b.json: is gone|s3://bucket/a@b.json: is gone",
        "dir:/home/a@b/c:d and file:///a@b|dir:/home/a@b/c:d and file:///a@b",
        "such as s3://BUCKET/PREFIX?region=…|such as s3://BUCKET/PREFIX?region=…",
        "mail a@b.example: 10:30|mail a@b.example: 10:30",
      })
  void aMessageKeepsAllButTheSecrets(String text, String shown) {
    assertThat(UriText.hiddenIn(text)).isEqualTo(shown);
  }
}
