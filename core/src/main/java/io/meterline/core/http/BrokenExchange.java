package io.meterline.core.http;

import io.meterline.core.retry.TryAgainException;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/** Says why there is no answer, and whether another try may get one. */
final class BrokenExchange {
  /** A TLS alert, where the status line of HTTP belongs. */
  private static final String TLS_ALERT = "\u0015\u0003";

  private BrokenExchange() {}

  /** The exception to throw: one that may pass, or one of a wrong setting. */
  static IOException of(String receiver, @Nullable Throwable failure) {
    Optional<SSLException> tls = cause(failure, SSLException.class);
    if (tls.isPresent()) {
      return tls(receiver, tls.get(), failure);
    }
    Optional<ProtocolException> protocol = cause(failure, ProtocolException.class);
    if (protocol.isPresent()) {
      return new IOException(receiver + ": " + protocol(protocol.get()), failure);
    }
    boolean isTls = receiver.startsWith("https:");
    return new TryAgainException(receiver + ": " + reason(failure, isTls), failure);
  }

  /** For a port that was found to speak plain HTTP. */
  static IOException plainHttp(String receiver, Throwable failure) {
    return new IOException(
        receiver + ": this port speaks plain HTTP, not TLS: the URL must start with http://",
        failure);
  }

  private static IOException tls(String receiver, SSLException tls, @Nullable Throwable failure) {
    String said = String.valueOf(tls.getMessage());
    if (said.toLowerCase(Locale.ROOT).contains("unrecognized ssl message")) {
      return new IOException(
          receiver
              + ": the TLS handshake failed: the port does not speak TLS; if it is one of plain HTTP, the URL must start with http://",
          failure);
    }
    String message = "%s: the TLS handshake failed: %s".formatted(receiver, said);
    boolean isCutOff =
        said.contains("terminated the handshake")
            || cause(tls, EOFException.class).isPresent()
            || cause(tls, SocketException.class).isPresent();
    if (!(tls instanceof SSLHandshakeException)) {
      return new TryAgainException(receiver + ": the TLS connection broke: " + said, failure);
    }
    return isCutOff ? new TryAgainException(message, failure) : new IOException(message, failure);
  }

  /** What came instead of a status line may be anything: it is not quoted. */
  private static String protocol(ProtocolException failure) {
    return String.valueOf(failure.getMessage()).contains(TLS_ALERT)
        ? "answers with a TLS alert: this port speaks TLS, the URL must start with https://"
        : "what answers there does not speak HTTP; check host and port of the URL";
  }

  private static String reason(@Nullable Throwable failure, boolean isTls) {
    if (cause(failure, UnresolvedAddressException.class).isPresent()) {
      return "no connection: the host is unknown";
    }
    if (failure instanceof HttpConnectTimeoutException && isTls) {
      // Some servers of plain HTTP wait for more of what they take for a request.
      return "no TLS connection in time; if the port speaks plain HTTP, the URL must start with"
          + " http://";
    }
    return failure instanceof ConnectException || failure instanceof HttpConnectTimeoutException
        ? "no connection"
        : "the connection broke";
  }

  private static <T extends Throwable> Optional<T> cause(@Nullable Throwable of, Class<T> type) {
    for (Throwable cause = of; cause != null; cause = cause.getCause()) {
      if (type.isInstance(cause)) {
        return Optional.of(type.cast(cause));
      }
    }
    return Optional.empty();
  }
}
