package io.meterline.aws;

import io.meterline.core.retry.TryAgainException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Looks for mistakes in a destination that no retry mends, before anything is read. */
final class Preflight {
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private Preflight() {}

  /** Fails where the URL's host has no address here. */
  static void host(String place, URI url) throws IOException {
    String host = url.getHost();
    // A proxy looks the name up by itself.
    if (host == null || isProxied(url)) {
      return;
    }
    FutureTask<InetAddress> lookup = new FutureTask<>(() -> InetAddress.getByName(host));
    Thread.ofPlatform().daemon().name("lookup").start(lookup);
    try {
      lookup.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      boolean late = e instanceof TimeoutException;
      if (late || e.getCause() instanceof UnknownHostException) {
        throw new IOException(
            "%s: the host %s %s: correct its name, or look at this machine's network and DNS"
                .formatted(place, host, late ? "was not found in 2 s" : "can't be found"),
            e);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean isProxied(URI url) {
    ProxySelector selector = ProxySelector.getDefault();
    List<Proxy> proxies = selector == null ? List.of() : selector.select(url);
    return proxies.stream().anyMatch(proxy -> proxy.type() != Proxy.Type.DIRECT);
  }

  /** Fails where there are no credentials; what may pass is left to the delivery. */
  static void credentials(AwsCredentials credentials, String region, AwsClients clients)
      throws IOException {
    try {
      CredentialsSource.of(credentials, region, clients).prepare();
    } catch (TryAgainException e) {
      // The delivery tries again.
    }
  }
}
