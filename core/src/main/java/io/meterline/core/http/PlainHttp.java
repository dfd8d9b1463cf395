package io.meterline.core.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds out whether a port speaks plain HTTP. Some servers take the start of a TLS handshake for a
 * part of a request and wait for the rest: nothing in the handshake tells them from a server that
 * is slow.
 */
final class PlainHttp {
  private static final int MILLIS = 2_000;
  private static final int HTTPS_PORT = 443;

  private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.[01] ([1-5][0-9]{2})\\b.*");

  /** What servers with TLS answer to plain HTTP as well, beside redirects. */
  private static final Set<Integer> ALSO_WITH_TLS = Set.of(400, 421, 426, 497);

  private PlainHttp() {}

  /** Whether the port of the URL answers a request without TLS as only plain HTTP does. */
  static boolean isSpokenAt(URI url) {
    int port = url.getPort() < 0 ? HTTPS_PORT : url.getPort();
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(url.getHost(), port), MILLIS);
      socket.setSoTimeout(MILLIS);
      // It asks for nothing and holds neither key nor record.
      String request =
          "OPTIONS * HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n"
              .formatted(url.getRawAuthority());
      socket.getOutputStream().write(request.getBytes(US_ASCII));
      byte[] start = socket.getInputStream().readNBytes("HTTP/1.1 200".length());
      Matcher line = STATUS_LINE.matcher(new String(start, US_ASCII));
      return line.matches() && isPlain(Integer.parseInt(line.group(1)));
    } catch (IOException | IllegalArgumentException e) {
      // Nothing is known then: the handshake's own end decides.
      return false;
    }
  }

  private static boolean isPlain(int status) {
    return status / 100 != 3 && !ALSO_WITH_TLS.contains(status);
  }
}
