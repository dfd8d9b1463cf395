package io.meterline.core.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.core.retry.TryAgainException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

final class BrokenExchangeTest {
  @Test
  void aCertificateThatIsNotTrustedIsAWrongSetting() {
    var untrusted = new SSLHandshakeException("No name matching h found");
    untrusted.initCause(new CertificateException("No name matching h found"));
    assertThat(BrokenExchange.of("https://h/", untrusted))
        .isNotInstanceOf(TryAgainException.class)
        .hasMessage("https://h/: the TLS handshake failed: No name matching h found");
  }

  @Test
  void aHandshakeOrConnectionThatIsCutOffMayPass() {
    assertThat(
            BrokenExchange.of(
                "https://h/", new SSLHandshakeException("Remote host terminated the handshake")))
        .isInstanceOf(TryAgainException.class)
        .hasMessageContaining("the TLS handshake failed");
    assertThat(BrokenExchange.of("https://h/", new SSLException("closing inbound")))
        .isInstanceOf(TryAgainException.class)
        .hasMessage("https://h/: the TLS connection broke: closing inbound");
  }

  @Test
  void noConnectionIsNamedByWhatIsMissing() {
    assertThat(BrokenExchange.of("http://h/", new ConnectException()))
        .hasMessage("http://h/: no connection");
    assertThat(
            BrokenExchange.of(
                "http://h/", new ConnectException().initCause(new UnresolvedAddressException())))
        .hasMessage("http://h/: no connection: the host is unknown");
    assertThat(BrokenExchange.of("https://h/", new HttpConnectTimeoutException("timed out")))
        .hasMessage(
            "https://h/: no TLS connection in time; if the port speaks plain HTTP, the URL must"
                + " start with http://");
    assertThat(BrokenExchange.of("http://h/", new IOException("reset")))
        .isInstanceOf(TryAgainException.class)
        .hasMessage("http://h/: the connection broke");
  }
}
