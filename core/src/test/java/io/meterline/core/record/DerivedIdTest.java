package io.meterline.core.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.core.Origin;
import io.meterline.core.RecordBuffer;
import io.meterline.samples.Bytes;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class DerivedIdTest {
  private static String id(DerivedId derivedId, Origin origin, String eventId, String position) {
    byte[] idBytes = Bytes.utf8(eventId);
    LogEvent event = new LogEvent().from(origin).id(idBytes, 0, idBytes.length);
    RecordBuffer out = new RecordBuffer();
    derivedId.write(event, position, out);
    out.end();
    return Bytes.text(Arrays.copyOfRange(out.bytes(), out.from(0), out.to(0)));
  }

  /** Whichever part it is that makes the whole longer than any before. */
  @Test
  void whereItStandsMayHaveAnyLength() {
    for (int length = 0; length < 600; length++) {
      String word = "ü".repeat(length / 2) + "x".repeat(length % 2);
      for (String position : new String[] {"0", "12345", "r10.20"}) {
        Origin origin = new Origin("owner", "group", "stream");
        assertThat(id(new DerivedId(), origin, word, position))
            .isEqualTo(DerivedIds.of(origin, word, position));
        Origin longOne = new Origin("owner", "group", word);
        assertThat(id(new DerivedId(), longOne, "id", position))
            .isEqualTo(DerivedIds.of(longOne, "id", position));
      }
    }
  }

  @Test
  void anotherOriginIsAnotherIdThoughTheEventIdIsTheSame() {
    DerivedId derivedId = new DerivedId();
    for (String owner : new String[] {"a", "b", "", "a"}) {
      Origin origin = new Origin(owner, "group", "stream");
      assertThat(id(derivedId, origin, "id", "0")).isEqualTo(DerivedIds.of(origin, "id", "0"));
    }
  }
}
