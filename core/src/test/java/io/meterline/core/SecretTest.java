package io.meterline.core;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.core.json.JsonText;
import java.net.URLEncoder;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SecretTest {
  /** All of visible ASCII. */
  private static final String ALL =
      Stream.iterate('!', c -> (char) (c + 1)).limit(94).map(String::valueOf).collect(joining());

  @Test
  void aSecretIsReplacedHoweverItIsEscaped() {
    String url = URLEncoder.encode(ALL, UTF_8);
    String json = new String(new JsonText().member("key", ALL).end(), UTF_8);
    StringBuilder units = new StringBuilder();
    StringBuilder numbers = new StringBuilder();
    ALL.chars().forEach(c -> units.append("\\u%04X".formatted(c)));
    ALL.chars().forEach(c -> numbers.append("&#%d;".formatted(c)));
    assertThat(replaced(ALL)).isEqualTo("(key)");
    assertThat(replaced("a " + ALL + ALL + " b")).isEqualTo("a (key)(key) b");
    assertThat(replaced(url)).isEqualTo("(key)");
    assertThat(replaced(URLEncoder.encode(url, UTF_8))).isEqualTo("(key)");
    assertThat(replaced(json)).isEqualTo("{\"key\":\"(key)\"}");
    assertThat(replaced(new String(new JsonText().member("j", json).end(), UTF_8)))
        .endsWith("(key)\\\"}\"}");
    assertThat(replaced(units.toString())).isEqualTo("(key)");
    assertThat(replaced(numbers.toString())).isEqualTo("(key)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a%2fb%3D|(key)",
        "a%2Fb=|(key)",
        "a\\/b\\u003d|(key)",
        "a&#x2F;b&#61;|(key)",
        "a/b|a/b",
        "b/b=|b/b=",
        "A/b=|A/b=",
      })
  void anythingElseStays(String text, String shown) {
    assertThat(new Secret("a/b=").replacedIn(text, "(key)")).isEqualTo(shown);
  }

  @Test
  void namesOfHtmlCountAsTheirCharacters() {
    assertThat(new Secret("a&<b>\"'").replacedIn("a&amp;&lt;b&gt;&quot;&apos;", "(key)"))
        .isEqualTo("(key)");
  }

  @Test
  void itIsFoundInBase64WhereverItStands() {
    Secret secret = new Secret("k3y~with?>+/chars");
    for (String before : List.of("", "a", "ab", "Bearer ", "user:")) {
      byte[] bytes = (before + secret.reveal() + " and more").getBytes(UTF_8);
      for (Base64.Encoder encoder : List.of(Base64.getEncoder(), Base64.getUrlEncoder())) {
        String text = encoder.encodeToString(bytes);
        assertThat(secret.replacedIn(text, "(key)")).as(text).contains("(key)");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n  ", "\\n", " ", "<br>\n"})
  void breaksInBase64DoNotHideIt(String lineBreak) {
    Secret secret = new Secret("k3y~with?>+/chars that are many: " + ALL);
    byte[] bytes = ("Bearer " + secret.reveal()).getBytes(UTF_8);
    String lines = Base64.getMimeEncoder(20, new byte[] {'\n'}).encodeToString(bytes);
    assertThat(secret.replacedIn("key: " + lines.replace("\n", lineBreak), "(key)"))
        .isEqualTo("(key)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", " ", "<br>"})
  void breaksInTheSecretDoNotHideIt(String lineBreak) {
    String text = "no: k3y-A" + lineBreak + "ttack+012345" + lineBreak + "6789";
    assertThat(new Secret("k3y-Attack+0123456789").replacedIn(text, "(key)")).isEqualTo("(key)");
  }

  @ParameterizedTest
  @CsvSource({"%2B,%2F", "\\u002b,\\u002f", "&#43;,&#x2F;", "+,\\/"})
  void escapesInBase64DoNotHideIt(String plus, String slash) {
    Secret secret = new Secret("k3y~~~???~~~???");
    String text = Base64.getEncoder().encodeToString(secret.reveal().getBytes(UTF_8));
    assertThat(text).contains("+").contains("/");
    String escaped = text.replace("+", plus).replace("/", slash);
    assertThat(secret.replacedIn(escaped, "(key)")).isEqualTo("(key)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "6b33792f3d",
        "6B33792F3D",
        "6b:33:79:2f:3d",
        "6b 33 79\n   2f 3d",
        "0x6b 0x33 0x79 0x2f 0x3d",
        "\\x6b\\x33\\x79\\x2f\\x3d",
        "6b, 33, 79, 2f, 3d",
        "6b00330079002f003d00"
      })
  void itIsFoundInHexadecimal(String text) {
    assertThat(new Secret("k3y/=").replacedIn("a " + text + " b", "(key)")).isEqualTo("(key)");
  }

  @Test
  void otherTextInBase64OrHexadecimalStays() {
    Secret secret = new Secret("k3y~with?>+/chars");
    String other = Base64.getEncoder().encodeToString("k3y~without chars".getBytes(UTF_8));
    assertThat(secret.replacedIn(other + " 6b33797e", "(key)")).isEqualTo(other + " 6b33797e");
  }

  private static String replaced(String text) {
    return new Secret(ALL).replacedIn(text, "(key)");
  }
}
