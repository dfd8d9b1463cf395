package io.meterline.core.input;

import static io.meterline.core.input.Samples.gzip;
import static io.meterline.core.input.Samples.joined;
import static io.meterline.core.input.Samples.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.meterline.core.event.SmallReads;
import io.meterline.core.event.Window;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GunzipStreamTest {
  private static final byte[] HELLO = gzip(utf8("hello "));
  private static final byte[] WORLD = gzip(utf8("world"));

  @Test
  void membersStandOneAfterTheOther() throws IOException {
    assertThat(gunzip(joined(HELLO, gzip(new byte[0]), WORLD))).isEqualTo("hello world");
  }

  @Test
  void zerosBehindTheLastMemberArePadding() throws IOException {
    assertThat(gunzip(joined(HELLO, new byte[100_000]))).isEqualTo("hello ");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 17, 100_000})
  void itGivesWhatTheJdksStreamGives(int most) throws IOException {
    Random random = new Random(25);
    for (int i = 0; i < 20; i++) {
      byte[] first = new byte[random.nextInt(3_000)];
      random.nextBytes(first);
      byte[] second = "ab".repeat(random.nextInt(60_000)).getBytes(StandardCharsets.US_ASCII);
      byte[] gzip = joined(gzip(first), gzip(second));
      byte[] expected = new GZIPInputStream(new ByteArrayInputStream(gzip)).readAllBytes();
      assertThat(stream(gzip, most).readAllBytes()).isEqualTo(expected);
    }
  }

  @Test
  void itIsReadByteByByteAsWell() throws IOException {
    GunzipStream in = stream(WORLD, 1);
    StringBuilder text = new StringBuilder();
    for (int b = in.read(); b >= 0; b = in.read()) {
      text.append((char) b);
    }
    assertThat(text.toString()).isEqualTo("world");
    assertThat(in.read()).isEqualTo(-1);
  }

  @Test
  void headersWithAllTheirPartsAreRead() throws IOException {
    ByteArrayOutputStream member = new ByteArrayOutputStream();
    member.writeBytes(new byte[] {0x1F, (byte) 0x8B, 8, 2 + 4 + 8 + 16, 0, 0, 0, 0, 0, 3});
    member.writeBytes(new byte[] {3, 0, 'x', 'y', 'z'});
    member.writeBytes(utf8("app.log\0of today\0"));
    member.writeBytes(new byte[] {1, 2});
    member.writeBytes(Arrays.copyOfRange(WORLD, 10, WORLD.length));
    for (int most = 1; most < 20; most++) {
      assertThat(
              new String(stream(member.toByteArray(), most).readAllBytes(), StandardCharsets.UTF_8))
          .isEqualTo("world");
    }
  }

  @Test
  void gzipThatEndsTooEarlyIsAnErrorWhereverItEnds() {
    byte[] both = joined(HELLO, WORLD);
    for (int length = HELLO.length + 1; length < both.length; length++) {
      byte[] cut = Arrays.copyOf(both, length);
      assertThatExceptionOfType(IOException.class)
          .as("cut at %d", length)
          .isThrownBy(() -> gunzip(cut))
          .withMessageStartingWith("byte ");
    }
  }

  @Test
  void whatStandsBeforeTheCutIsGivenFirst() throws IOException {
    byte[] cut = Arrays.copyOf(joined(HELLO, WORLD), HELLO.length + 12);
    GunzipStream in = stream(cut, 1_000);
    assertThat(new String(in.readNBytes(6), StandardCharsets.UTF_8)).isEqualTo("hello ");
    assertThatExceptionOfType(EOFException.class)
        .isThrownBy(in::readAllBytes)
        .withMessage("byte %d: the gzip data ends inside a member", cut.length);
  }

  @Test
  void whatAMemberHoldsIsGivenBeforeItsChecksumIsFoundWrong() throws IOException {
    byte[] broken = HELLO.clone();
    broken[broken.length - 6] ^= 1;
    GunzipStream in = stream(broken, 1_000);
    assertThat(new String(in.readNBytes(6), StandardCharsets.UTF_8)).isEqualTo("hello ");
    assertThatExceptionOfType(IOException.class).isThrownBy(in::read);
  }

  @Test
  void garbageBehindAMemberIsAnErrorAndNotTheEnd() {
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> gunzip(joined(HELLO, utf8("PK garbage"))))
        .withMessage("byte %d: not a complete gzip member", HELLO.length);
  }

  @Test
  void aWrongChecksumIsAnError() {
    byte[] broken = HELLO.clone();
    broken[broken.length - 6] ^= 1;
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> gunzip(joined(broken, WORLD)))
        .withMessageContaining("wrong checksum");
  }

  @Test
  void aWrongLengthIsAnError() {
    byte[] broken = HELLO.clone();
    broken[broken.length - 1] ^= 1;
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> gunzip(broken))
        .withMessageContaining("wrong checksum");
  }

  @Test
  void brokenDeflatedDataIsAnErrorThatNamesTheByte() {
    byte[] broken = HELLO.clone();
    broken[10] = (byte) 0xFF;
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> gunzip(broken))
        .withMessageMatching("byte \\d+: the deflated data is broken");
  }

  @Test
  void aMemberOfMuchMoreThanTheWindowIsStreamed() throws IOException {
    Deflater deflater = new Deflater(9, true);
    CRC32 crc = new CRC32();
    byte[] block = new byte[1 << 20];
    ByteArrayOutputStream gzip = new ByteArrayOutputStream();
    gzip.writeBytes(new byte[] {0x1F, (byte) 0x8B, 8, 0, 0, 0, 0, 0, 0, 3});
    byte[] deflated = new byte[1 << 20];
    for (int i = 0; i < 100; i++) {
      crc.update(block);
      deflater.setInput(block);
      gzip.write(deflated, 0, deflater.deflate(deflated));
    }
    deflater.finish();
    gzip.write(deflated, 0, deflater.deflate(deflated));
    deflater.end();
    int checksum = (int) crc.getValue();
    int length = 100 << 20;
    for (int value : new int[] {checksum, length}) {
      for (int shift = 0; shift < 32; shift += 8) {
        gzip.write(value >>> shift);
      }
    }
    long count = 0;
    try (GunzipStream in = stream(gzip.toByteArray(), 1_000)) {
      for (int read = in.read(block); read >= 0; read = in.read(block)) {
        count += read;
      }
    }
    assertThat(count).isEqualTo(length);
  }

  private static String gunzip(byte[] gzip) throws IOException {
    return new String(stream(gzip, 5).readAllBytes(), StandardCharsets.UTF_8);
  }

  private static GunzipStream stream(byte[] gzip, int most) {
    return new GunzipStream(new Window(new SmallReads(gzip, most), 1 << 20));
  }
}
