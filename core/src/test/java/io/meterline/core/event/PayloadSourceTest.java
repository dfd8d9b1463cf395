package io.meterline.core.event;

import static io.meterline.core.input.Samples.gzip;
import static io.meterline.core.input.Samples.joined;
import static io.meterline.core.input.Samples.message;
import static io.meterline.core.input.Samples.payload;
import static io.meterline.core.input.Samples.record;
import static io.meterline.core.input.Samples.records;
import static io.meterline.core.input.Samples.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.meterline.core.Limits;
import io.meterline.core.find.Extractor;
import io.meterline.core.find.Findings;
import io.meterline.core.find.Markers;
import io.meterline.core.input.Found;
import io.meterline.core.input.Samples;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PayloadSourceTest {
  private static final byte[] ONE = payload(message(0), "nothing", message(1));
  private static final byte[] TWO = payload(message(2));

  @Test
  void documentsStandOneAfterTheOther() throws IOException {
    assertThat(found(joined(utf8(" "), ONE, TWO, utf8("\n"), ONE, utf8("\n"))))
        .isEqualTo(
            new Found(
                List.of(record(0), record(1), record(2), record(0), record(1)),
                List.of(),
                "payloads=3 events=7 control=0"));
  }

  @Test
  void gzipAndPlainPayloadsAreMixedFreely() throws IOException {
    byte[] mixed = joined(gzip(ONE), TWO, gzip(joined(TWO, ONE)), utf8("\n"), gzip(TWO));
    Found found = found(mixed);
    assertThat(found.records())
        .containsExactly(
            record(0), record(1), record(2), record(2), record(0), record(1), record(2));
    assertThat(found.refused()).isEmpty();
  }

  @Test
  void everySplitIntoReadsFindsTheSame() throws IOException {
    byte[] mixed = joined(gzip(ONE), utf8("\n"), TWO, utf8(" \n "), gzip(TWO), gzip(ONE));
    Found expected = found(mixed);
    assertThat(expected.records()).hasSize(6);
    for (int most = 1; most <= mixed.length; most++) {
      assertThat(found(mixed, most, 1 << 20)).as("reads of %d bytes", most).isEqualTo(expected);
    }
  }

  @Test
  void manyPayloadsNeedAWindowOfNoMoreThanOne() throws IOException {
    byte[] many = new byte[0];
    for (int i = 0; i < 30; i++) {
      many = joined(many, i % 2 == 0 ? gzip(payload(message(i))) : payload(message(i)));
    }
    int one = payload(message(29)).length + 1;
    for (int most : new int[] {1, 10, one, 100_000}) {
      assertThat(found(many, most, one).records()).isEqualTo(records(0, 30));
    }
  }

  @Test
  void whatIsCutOffAtTheEndIsQuarantinedAndTheRestIsTaken() throws IOException {
    for (byte[] last : List.of(TWO, gzip(TWO))) {
      for (int length = 1; length < last.length; length++) {
        Found found = found(joined(gzip(ONE), Arrays.copyOf(last, length)), 50, 1 << 20);
        assertThat(found.records()).isEqualTo(records(0, 2));
        assertThat(found.reasons()).as("cut at %d", length).containsExactly("undecodable-payload");
      }
    }
  }

  @Test
  void whatIsCutOffAtTheEndIsToldBeforeItIsTaken() throws IOException {
    byte[] cut = joined(ONE, Arrays.copyOf(gzip(TWO), 30));
    try (Source source = source(cut, 1_000, 1 << 20)) {
      Findings out = new Findings();
      assertThat(source.next(out)).isTrue();
      assertThat(source.isAtUnfinishedEnd()).isFalse();
      assertThat(source.next(out)).isTrue();
      assertThat(source.isAtUnfinishedEnd()).isTrue();
      assertThat(source.offset()).isEqualTo(ONE.length);
      assertThat(out.entriesFound()).isZero();
      assertThat(source.next(out)).isTrue();
      assertThat(source.isAtUnfinishedEnd()).isFalse();
      assertThat(out.entriesFound()).isEqualTo(1);
      assertThat(source.next(out)).isFalse();
    }
  }

  @Test
  void garbageBehindAPayloadIsQuarantinedWithItsBytes() throws IOException {
    Found found = found(joined(gzip(ONE), utf8("garbage")));
    assertThat(found.records()).isEqualTo(records(0, 2));
    assertThat(found.refused())
        .singleElement()
        .asString()
        .contains("\"reason\":\"undecodable-payload\"")
        .contains("\"payload\":\"" + Samples.base64(utf8("garbage")) + "\"");
  }

  @Test
  void aBrokenMemberIsQuarantinedAndTheOthersAreTaken() throws IOException {
    byte[] broken = gzip(TWO);
    broken[broken.length - 8] ^= 1;
    Found found = found(joined(gzip(ONE), broken, gzip(TWO)));
    assertThat(found.records()).containsExactly(record(0), record(1), record(2));
    assertThat(found.reasons()).containsExactly("undecodable-payload");
  }

  @Test
  void offsetsAreWhereReadingCanGoOn() throws IOException {
    byte[] mixed = joined(gzip(ONE), utf8("\n"), TWO, utf8("\n"), gzip(TWO), ONE);
    List<Long> offsets = new ArrayList<>();
    try (Source source = source(mixed, 100, 1 << 20)) {
      Findings out = new Findings();
      while (source.next(out)) {
        offsets.add(source.offset());
      }
    }
    assertThat(offsets).hasSize(4).endsWith((long) mixed.length);
    for (int i = 0; i < offsets.size(); i++) {
      try (Source source = source(mixed, 100, 1 << 20)) {
        source.skip(offsets.get(i));
        assertThat(Found.in(source).counts()).startsWith("payloads=" + (offsets.size() - i - 1));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aPayloadLongerThanTheLimitIsAnErrorThatNamesTheByte(boolean compressed) {
    byte[] noise = new byte[20_000];
    new Random(7).nextBytes(noise);
    byte[] large = payload(Samples.base64(noise));
    byte[] input = joined(ONE, compressed ? gzip(large) : large);
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> found(input, 1_000, 10_000))
        .withMessage("byte %d: one payload is longer than the limit of 10000 bytes", ONE.length);
  }

  private static Found found(byte[] input) throws IOException {
    return found(input, 100_000, 1 << 20);
  }

  private static Found found(byte[] input, int most, int limit) throws IOException {
    return Found.in(source(input, most, limit));
  }

  private static Source source(byte[] input, int most, int limit) {
    Limits limits = new Limits(100_000, limit, 100_000);
    PayloadReader payloads = new PayloadReader(new Extractor(Markers.DEFAULT, limits), limits);
    return new PayloadSource(new Window(new SmallReads(input, most), limit), payloads, limit);
  }
}
