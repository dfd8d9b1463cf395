package io.meterline.core.event;

import static io.meterline.samples.Bytes.joined;
import static io.meterline.samples.Bytes.utf8;
import static io.meterline.samples.Bytes.withoutLast;
import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.samples.Bytes;
import io.meterline.samples.Gzip;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.Deflater;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

final class GzipMembersTest {
  private static final int MAX_BYTES = 1_000_000;

  private final GzipMembers members = new GzipMembers(MAX_BYTES);

  private List<String> whole(byte[] data) {
    assertThat(members.inflate(data, 0, data.length)).isTrue();
    return whole(members);
  }

  private static List<String> whole(GzipMembers opened) {
    List<String> whole = new ArrayList<>();
    for (int i = 0; i < opened.whole().count(); i++) {
      whole.add(
          Bytes.text(
              Arrays.copyOfRange(opened.bytes(), opened.whole().from(i), opened.whole().to(i))));
    }
    return whole;
  }

  @Test
  void everySizeAroundTheFirstBufferIsInflated() {
    for (int size :
        new int[] {0, 1, 262_143, 262_144, 262_145, 262_160, 262_161, 300_000, MAX_BYTES}) {
      GzipMembers fresh = new GzipMembers(MAX_BYTES);
      byte[] data = Gzip.member(utf8("x".repeat(size)));
      assertThat(fresh.inflate(data, 0, data.length)).isTrue();
      assertThat(whole(fresh)).containsExactly("x".repeat(size));
      assertThat(fresh.broken().count()).isZero();
      fresh.close();
    }
  }

  @Test
  void everyTruncationLosesTheLastMemberAlone() {
    byte[] first = Gzip.member(utf8("first"));
    byte[] second = Gzip.member(utf8("second ".repeat(20)));
    for (int lost = 1; lost < second.length; lost++) {
      byte[] data = joined(first, withoutLast(lost, second));
      assertThat(whole(data)).containsExactly("first");
      assertThat(members.broken().copyOf(data)).isEqualTo(withoutLast(lost, second));
    }
  }

  @Test
  void aFlippedBitNeverGivesOtherContent() {
    String content = "{\"logEvents\":[]}";
    byte[] member = Gzip.member(utf8(content));
    for (int bit = 0; bit < 8 * member.length; bit++) {
      byte[] flipped = member.clone();
      flipped[bit / 8] ^= (byte) (1 << (bit % 8));
      // Some bits say nothing of the content: the time of writing, or what pads the last byte.
      List<String> whole = whole(flipped);
      assertThat(whole.isEmpty() || whole.equals(List.of(content))).as("bit %d", bit).isTrue();
      byte[] kept = members.broken().copyOf(flipped);
      assertThat(kept).isEqualTo(whole.isEmpty() ? flipped : new byte[0]);
    }
  }

  @Test
  void aHeaderMayHoldExtraFieldsANameACommentAndAChecksum() {
    for (int flags = 0; flags < 32; flags++) {
      ByteArrayOutputStream header = new ByteArrayOutputStream();
      header.writeBytes(new byte[] {0x1F, (byte) 0x8B, 8, (byte) flags, 0, 0, 0, 0, 0, 3});
      if ((flags & 4) != 0) {
        header.writeBytes(new byte[] {3, 0, 'a', 0, 'c'});
      }
      if ((flags & 8) != 0) {
        header.writeBytes(utf8("name.json\0"));
      }
      if ((flags & 16) != 0) {
        header.writeBytes(utf8("a comment\0"));
      }
      if ((flags & 2) != 0) {
        header.writeBytes(new byte[2]);
      }
      byte[] plain = Gzip.member(utf8("content"));
      byte[] data = joined(header.toByteArray(), Arrays.copyOfRange(plain, 10, plain.length));
      assertThat(whole(joined(data, data)))
          .as("flags %d", flags)
          .containsExactly("content", "content");
      for (int length = 2; length < header.size(); length++) {
        assertThat(whole(Arrays.copyOf(data, length))).isEmpty();
        assertThat(members.broken().copyOf(data)).hasSize(length);
      }
    }
  }

  @Test
  void anotherMethodAndReservedFlagsAreNoMember() {
    byte[] method = Gzip.member(utf8("x"));
    method[2] = 7;
    byte[] reserved = Gzip.member(utf8("x"));
    reserved[3] = 0x20;
    assertThat(whole(method)).isEmpty();
    assertThat(whole(reserved)).isEmpty();
  }

  @Test
  void dataThatAsksForADictionaryIsBroken() {
    Deflater deflater = new Deflater(9, false);
    deflater.setDictionary(utf8("dictionary"));
    deflater.setInput(utf8("dictionary"));
    deflater.finish();
    byte[] zlib = new byte[64];
    int length = deflater.deflate(zlib);
    deflater.end();
    byte[] header = Arrays.copyOf(Gzip.member(new byte[0]), 10);
    assertThat(whole(joined(header, Arrays.copyOf(zlib, length), new byte[8]))).isEmpty();
    assertThat(members.broken().count()).isEqualTo(1);
  }

  /** What a reader held before changes nothing of what it tells now. */
  @Property(tries = 300)
  void membersAreJudgedAlikeByAFreshReaderAndAUsedOne(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int max = 400_000;
    GzipMembers used = new GzipMembers(max);
    byte[] large = Gzip.zeros(max);
    assertThat(used.inflate(large, 0, large.length)).isTrue();
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    long size = 0;
    for (int i = random.nextInt(4); i >= 0; i--) {
      byte[] content = noise(random, random.nextInt(200_000));
      size += content.length;
      byte[] member = Gzip.member(content);
      all.writeBytes(random.nextInt(3) == 0 ? Gzip.withWrongChecksum(member) : member);
    }
    byte[] data = all.toByteArray();
    if (random.nextBoolean()) {
      data[random.nextInt(data.length)] ^= (byte) (1 << random.nextInt(8));
    } else {
      GzipMembers fresh = new GzipMembers(max);
      assertThat(fresh.inflate(data, 0, data.length)).isEqualTo(size <= max);
      fresh.close();
    }
    GzipMembers fresh = new GzipMembers(max);
    boolean fits = fresh.inflate(data, 0, data.length);
    assertThat(used.inflate(data, 0, data.length)).isEqualTo(fits);
    if (fits) {
      assertThat(whole(used)).isEqualTo(whole(fresh));
      assertThat(used.broken().copyOf(data)).isEqualTo(fresh.broken().copyOf(data));
    }
    used.close();
    fresh.close();
  }

  private static byte[] noise(SplittableRandom random, int length) {
    byte[] noise = new byte[length];
    for (int i = 0; i < length; i++) {
      noise[i] = (byte) ('0' + random.nextInt(10));
    }
    return noise;
  }
}
