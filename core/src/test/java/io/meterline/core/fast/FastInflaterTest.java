package io.meterline.core.fast;

import static io.meterline.samples.Bytes.joined;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.core.fast.Deflated.Inflated;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

final class FastInflaterTest {
  private static final int BEFORE = 40;

  /** Used for all, as for all payloads of an event: what one leaves behind does not matter. */
  private final FastInflater inflater = new FastInflater();

  private static byte[] withRoom(byte[] data) {
    return Arrays.copyOf(data, data.length + FastInflater.ROOM_BEHIND_DATA);
  }

  /** What it makes of data that is alone, where there is room for so many bytes. */
  private Optional<Inflated> inflated(byte[] data, int most) {
    byte[] out = new byte[BEFORE + most + FastInflater.ROOM_BEHIND_OUTPUT];
    Arrays.fill(out, 0, BEFORE, (byte) 'b');
    int length = inflater.inflate(withRoom(data), 0, data.length, out, BEFORE);
    assertThat(out).startsWith("b".repeat(BEFORE).getBytes(UTF_8));
    return length == FastInflater.GAVE_UP
        ? Optional.empty()
        : Optional.of(
            new Inflated(Arrays.copyOfRange(out, BEFORE, BEFORE + length), inflater.end()));
  }

  private Optional<Inflated> inflated(String data) {
    return inflated(hex(data), 1_000);
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }

  @Property(tries = 3_000)
  void whatTheJdkDeflatesIsInflatedAndNeverGivenUp(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    byte[] content = Deflated.content(random);
    byte[] data = Deflated.of(content, random);
    assertThat(inflated(data, content.length))
        .hasValueSatisfying(
            all -> {
              assertThat(Arrays.mismatch(all.bytes(), content)).isEqualTo(-1);
              assertThat(all.end()).isEqualTo(data.length);
            });
  }

  @Property(tries = 10_000)
  void damagedDataIsGivenUpOrIsWhatTheJdkSays(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    byte[] content = Deflated.content(random);
    byte[] data = Deflated.of(content, random);
    // Near the start are the codes, which decide on all that follows.
    int reach = random.nextBoolean() ? data.length : Math.min(data.length, 80);
    for (int i = random.nextInt(4); i >= 0; i--) {
      data[random.nextInt(reach)] ^= (byte) (1 << random.nextInt(Byte.SIZE));
    }
    if (random.nextInt(4) == 0) {
      data = Arrays.copyOf(data, random.nextInt(data.length));
    }
    byte[] damaged = data;
    int most = content.length + 1_000;
    // It may fill some of the room that it asks for.
    Optional<Inflated> expected = Deflated.byJdk(damaged, most + FastInflater.ROOM_BEHIND_OUTPUT);
    inflated(damaged, most)
        .ifPresent(
            all -> {
              assertThat(expected).isPresent();
              assertThat(Arrays.mismatch(all.bytes(), expected.orElseThrow().bytes()))
                  .isEqualTo(-1);
              assertThat(all.end()).isEqualTo(expected.orElseThrow().end());
            });
  }

  @Property(tries = 300)
  void whatHasTooLittleRoomIsGivenUp(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    byte[] content = new byte[500 + random.nextInt(5_000)];
    random.nextBytes(content);
    content[7] = content[8];
    byte[] data = withRoom(Deflated.of(content, random));
    byte[] out = new byte[random.nextInt(content.length)];
    assertThat(
            inflater.inflate(
                data, 0, data.length - FastInflater.ROOM_BEHIND_DATA, out, out.length / 2))
        .isEqualTo(FastInflater.GAVE_UP);
  }

  @Test
  void aMatchMayReachAsFarBackAsDeflateLetsIt() {
    byte[] noise = new byte[32_768];
    new SplittableRandom(1).nextBytes(noise);
    // A stored block, then a fixed one: 258 bytes from 32,768 before.
    byte[] data = joined(hex("000080ff7f"), noise, hex("1bbdff1f00"));
    assertThat(inflated(data, 40_000).map(Inflated::bytes))
        .hasValue(joined(noise, Arrays.copyOf(noise, 258)));
  }

  @Test
  void nothingBeforeTheStartIsRepeated() {
    // A fixed block: "a", then three bytes from one before; in the second case from two before.
    assertThat(inflated("4b040200")).map(all -> new String(all.bytes(), UTF_8)).hasValue("aaaa");
    assertThat(inflated("4b044200")).isEmpty();
  }

  @Test
  void aBlockOfTheReservedKindIsGivenUp() {
    assertThat(inflated("0700000000")).isEmpty();
  }

  @Test
  void aStoredBlockWhoseLengthsContradictIsGivenUp() {
    assertThat(inflated("010100feff61")).isPresent();
    assertThat(inflated("010100fffe61")).isEmpty();
    assertThat(inflated("010200fdff61")).isEmpty();
  }

  @Test
  void dataThatGoesOnBehindItsEndIsGivenUp() {
    byte[] data = hex("4b040200");
    byte[] out = new byte[4 + FastInflater.ROOM_BEHIND_OUTPUT];
    assertThat(inflater.inflate(withRoom(data), 0, data.length - 1, out, 0))
        .isEqualTo(FastInflater.GAVE_UP);
    assertThat(inflater.inflate(withRoom(data), 0, data.length, out, 0)).isEqualTo(4);
  }

  @Test
  void dataMayStandAnywhereAndItsEndIsTold() {
    byte[] data = hex("ffffff4b040200ff".repeat(3));
    byte[] out = new byte[10 + FastInflater.ROOM_BEHIND_OUTPUT];
    assertThat(inflater.inflate(data, 3, 7, out, 5)).isEqualTo(4);
    assertThat(inflater.end()).isEqualTo(7);
    assertThat(new String(out, 4, 6, UTF_8)).isEqualTo("\0aaaa\0");
  }
}
