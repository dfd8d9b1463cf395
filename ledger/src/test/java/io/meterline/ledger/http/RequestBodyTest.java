package io.meterline.ledger.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.Headers;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

final class RequestBodyTest {
  private static final int MOST = 1_000_000;

  private final ByteBudget budget = new ByteBudget(2_100_000);

  @Test
  void bodiesBeyondTheBudgetAreToComeAgainAndSmallOnesPass() throws Exception {
    try (RequestBody first = read(new byte[MOST])) {
      assertThat(first.bytes()).hasSize(MOST);
      InputStream second = new ByteArrayInputStream(new byte[MOST]);
      assertThatThrownBy(() -> RequestBody.read(new Headers(), second, MOST, budget))
          .hasMessageContaining("send it again");
      // The rest was read, so that the client sees its answer.
      assertThat(second.available()).isZero();
      read(new byte[5_000]).close();
    }
    assertThat(budget.held()).isZero();
    read(new byte[MOST]).close();
  }

  @Test
  void whateverABodyEndsInTheBudgetIsGivenBack() {
    assertThatThrownBy(() -> read(new byte[MOST + 1])).hasMessageContaining("at most 1000000");
    assertThatThrownBy(() -> read(new byte[0])).hasMessageContaining("empty");
    InputStream broken =
        new FilterInputStream(new ByteArrayInputStream(new byte[100_000])) {
          @Override
          public int read(byte[] target, int from, int length) throws IOException {
            int read = super.read(target, from, length);
            if (read < 0) {
              throw new IOException("/secret/path of the connection");
            }
            return read;
          }
        };
    assertThatThrownBy(() -> RequestBody.read(new Headers(), broken, MOST, budget))
        .hasMessage("the body could not be read to its end");
    assertThat(budget.held()).isZero();
  }

  @Test
  void aBodyThatUnpacksToMoreThanThereMayBeIsRefused() throws Exception {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(new byte[10 * MOST]);
    }
    Headers headers = new Headers();
    headers.set("Content-Encoding", "gzip");
    InputStream in = new ByteArrayInputStream(packed.toByteArray());
    assertThatThrownBy(() -> RequestBody.read(headers, in, MOST, budget))
        .hasMessageContaining("at most 1000000");
    assertThat(budget.held()).isZero();
  }

  private RequestBody read(byte[] bytes) throws Problem {
    return RequestBody.read(new Headers(), new ByteArrayInputStream(bytes), MOST, budget);
  }
}
