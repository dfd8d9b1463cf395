package io.meterline.ledger.http;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.Headers;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class GateTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"localhost:8080", "LOCALHOST", "127.0.0.1:1", "[::1]:80", "a.localhost:80"})
  void withoutATokenThisMachineIsLetThrough(String host) {
    assertThatCode(() -> new Gate("").checkOrigin(headers(Map.of("Host", host))))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"rebound.example:8080", "localhost.example", "10.0.0.1", "", "[::2]"})
  void aNameOfElsewhereIsNot(String host) {
    assertThatThrownBy(() -> new Gate("").checkOrigin(headers(Map.of("Host", host))))
        .hasMessageContaining("not a name of this machine");
    assertThatCode(() -> new Gate("secret").checkOrigin(headers(Map.of("Host", host))))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({
    "http://elsewhere.example",
    "null",
    "http://localhost:8081",
    "http://evil.localhost:8080",
    "https://xlocalhost:8080"
  })
  void aPageOfAnotherOriginIsNotAnswered(String origin) {
    Headers headers = headers(Map.of("Host", "localhost:8080", "Origin", origin));
    assertThatThrownBy(() -> new Gate("").checkOrigin(headers))
        .hasMessageContaining("other origins");
  }

  @Test
  void theServersOwnPageIs() {
    Headers headers = headers(Map.of("Host", "localhost:8080", "Origin", "http://localhost:8080"));
    assertThatCode(() -> new Gate("").checkOrigin(headers)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({
    "Sec-Fetch-Site, cross-site",
    "Sec-Fetch-Site, same-site",
    "Sec-Fetch-Site, something-new",
    "Referer, https://elsewhere.example/page",
    "Referer, http://localhost:8081/"
  })
  void aPageOfAnotherSiteGetsNoDataEvenWithoutAnOrigin(String name, String value) {
    Headers headers = headers(Map.of("Host", "localhost:8080", name, value));
    assertThatThrownBy(() -> new Gate("").checkSite(headers)).hasMessageContaining("other sites");
  }

  @ParameterizedTest
  @CsvSource({
    "Sec-Fetch-Site, same-origin",
    "Sec-Fetch-Site, none",
    "Referer, http://localhost:8080/?view=usage",
    "User-Agent, curl"
  })
  void theServersOwnPageAndProgramsDo(String name, String value) {
    Headers headers = headers(Map.of("Host", "localhost:8080", name, value));
    assertThatCode(() -> new Gate("").checkSite(headers)).doesNotThrowAnyException();
  }

  private static Headers headers(Map<String, String> pairs) {
    Headers headers = new Headers();
    pairs.forEach(headers::set);
    return headers;
  }
}
