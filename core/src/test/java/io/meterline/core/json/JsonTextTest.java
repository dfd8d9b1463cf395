package io.meterline.core.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.core.json.JsonOracle.Member;
import io.meterline.core.json.JsonOracle.Node;
import io.meterline.samples.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

final class JsonTextTest {
  @Test
  void anObjectWithoutMembersIsTwoBraces() {
    assertThat(Bytes.text(new JsonText().end())).isEqualTo("{}");
  }

  @Test
  void membersStandInTheOrderInWhichTheyWereAdded() {
    assertThat(
            Bytes.text(new JsonText().member("b", "x").literal("a", "null").member("", "").end()))
        .isEqualTo("{\"b\":\"x\",\"a\":null,\"\":\"\"}");
  }

  @Property(tries = 500)
  void aStrictReaderFindsTheSameText(@ForAll String name, @ForAll String text) {
    String whole = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    String wholeName = new String(name.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    Node expected = new Node.ObjectNode(List.of(new Member(wholeName, new Node.StringNode(whole))));
    assertThat(JsonOracle.read(new JsonText().member(name, text).end())).contains(expected);
    assertThat(JsonOracle.read(new JsonText().member(name, Bytes.utf8(text)).end()))
        .contains(expected);
  }

  @Property(tries = 500)
  void bytesThatAreNoUtf8BecomeReplacementCharacters(@ForAll byte[] bytes) {
    assertThat(JsonOracle.read(new JsonText().member("a", bytes).end())).isPresent();
    boolean same = java.util.Arrays.equals(Bytes.utf8(Bytes.text(bytes)), bytes);
    assertThat(JsonText.isUtf8(bytes)).isEqualTo(same);
  }

  @Test
  void controlsAreEscaped() {
    assertThat(Bytes.text(new JsonText().member("a", "\0\b\t\n\f\r\u001f\u007f\"\\/").end()))
        .isEqualTo("{\"a\":\"\\u0000\\u0008\\t\\n\\u000c\\r\\u001f\u007f\\\"\\\\/\"}");
    byte[] cut = {'x', (byte) 0xE2, (byte) 0x82};
    assertThat(Bytes.text(new JsonText().member("a", cut).end()))
        .isEqualTo("{\"a\":\"x\\ufffd\\ufffd\"}");
  }
}
