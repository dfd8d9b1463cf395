package io.meterline;

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
}
