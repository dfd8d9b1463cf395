package io.meterline.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Relays connections to a server on this machine, and closes some of them when the server begins to
 * answer: the request took effect, and its sender does not know.
 */
final class AnswerDroppingProxy implements AutoCloseable {
  private static final int BUFFER_BYTES = 64 * 1024;

  private final ServerSocket listener = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicInteger dropped = new AtomicInteger();
  private final int serverPort;
  private final Random random;
  private final int percent;

  /**
   * Starts it.
   *
   * @param percent how many of the answers are dropped
   */
  AnswerDroppingProxy(int serverPort, int percent, long seed) throws IOException {
    this.serverPort = serverPort;
    this.percent = percent;
    this.random = new Random(seed);
    threads.execute(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  /** How many answers were dropped so far. */
  int dropped() {
    return dropped.get();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
        threads.execute(() -> relay(client, server, false));
        threads.execute(() -> relay(server, client, true));
      } catch (IOException e) {
        // Closed, or the client went away.
      }
    }
  }

  /** Copies until either side ends; then both are closed. */
  private void relay(Socket from, Socket to, boolean answers) {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] buffer = new byte[BUFFER_BYTES];
      int read = in.read(buffer);
      while (read >= 0) {
        if (answers && isUnlucky()) {
          dropped.incrementAndGet();
          return;
        }
        out.write(buffer, 0, read);
        read = in.read(buffer);
      }
    } catch (IOException e) {
      // The other direction closed both.
    }
  }

  private synchronized boolean isUnlucky() {
    return random.nextInt(100) < percent;
  }

  @Override
  public void close() throws IOException {
    listener.close();
    threads.shutdownNow();
  }
}
