package io.meterline.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.aws.FaultyHttp.Fault;
import io.meterline.core.ObjectLayout;
import io.meterline.core.Secret;
import io.meterline.testing.Batches;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import org.gaul.s3proxy.junit.S3ProxyExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whatever goes wrong, neither secrets nor records are printed, also not in stack traces. */
final class QuietTest {
  private static final String SECRET = "wJalrXUtnFEMI-Zq81";

  @RegisterExtension private final S3ProxyExtension store = S3Proxies.extension();

  private final PrintStream out = System.out;
  private final PrintStream err = System.err;
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  @BeforeEach
  void listen() {
    var all = new PrintStream(printed, true, UTF_8);
    System.setOut(all);
    System.setErr(all);
  }

  @AfterEach
  void restore() {
    System.setOut(out);
    System.setErr(err);
  }

  @Test
  void noFailureShowsASecretOrARecord() {
    TestBucket bucket = S3Proxies.bucket(store);
    var wrong = new AwsCredentials.KeyPair("AKIAWRONG7", new Secret(SECRET));
    List<Fault> faults =
        List.of(
            new Fault.None(),
            new Fault.LostRequest(),
            new Fault.LostAnswer(),
            Fault.s3(403, "AccessDenied"),
            Fault.s3(404, "NoSuchBucket"),
            Fault.s3(409, "ConditionalRequestConflict"),
            Fault.s3(503, "SlowDown"),
            new Fault.Answer(400, "no XML"));
    int failures = 0;
    for (Fault fault : faults) {
      bucket.http.next(40, fault);
      S3Sink sink =
          new S3Sink(
              bucket.bucket(wrong),
              ObjectLayout.CONTRACT,
              S3Sink.DEFAULT_BOUNDS,
              bucket.retries(),
              bucket.clients);
      try {
        sink.deliver(Batches.of(0, 2));
      } catch (IOException e) {
        failures++;
        e.printStackTrace();
      }
      bucket.http.forget();
    }
    String seen = printed.toString(UTF_8) + wrong + bucket.bucket(wrong);
    assertThat(failures).isEqualTo(faults.size());
    assertThat(seen).contains("answers 403").doesNotContain(SECRET, "AKIAWRONG7", "customerId");
  }
}
