package io.meterline.ledger.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/**
 * Accepts connections for the JDK's server, which listens on this machine alone, and passes their
 * bytes on. The JDK's server can bound the number of connections, but not whose they are: whoever
 * opens as many as there may be, and sends half a request on each, locks all others out.
 *
 * <p>Here the connection that waits longest makes room for a new one: first one whose first request
 * has not come whole, then the one on which nothing was sent for the longest time; those of the
 * client that has the most, where one has many.
 */
final class ConnectionAcceptor implements AutoCloseable {
  /** A head that is longer is refused by the server behind. */
  private static final int MOST_HEAD_BYTES = 64 * 1024;

  private static final int MOST_HEAD_MILLIS = 10_000;
  private static final int BUFFER_BYTES = 8 * 1024;
  private static final int BACKLOG = 512;
  private static final long PAUSE_NANOS = 50_000_000;

  /** So long a client may go on to send what is not wanted, and still read its answer. */
  private static final int MOST_REST_MILLIS = 2_000;

  private final ServerSocket listener;
  private final InetSocketAddress server;
  private final int most;
  private final int mostPerClient;
  private final Set<Connection> open = new LinkedHashSet<>();
  private boolean closed;

  private ConnectionAcceptor(
      ServerSocket listener, InetSocketAddress server, int most, int mostPerClient) {
    this.listener = listener;
    this.server = server;
    this.most = most;
    this.mostPerClient = mostPerClient;
  }

  /**
   * Starts to accept.
   *
   * @param address where clients connect
   * @param server where the JDK's server listens
   */
  static ConnectionAcceptor open(
      InetSocketAddress address, InetSocketAddress server, int most, int mostPerClient)
      throws IOException {
    ServerSocket listener = new ServerSocket();
    try {
      listener.setReuseAddress(true);
      listener.bind(address, BACKLOG);
    } catch (IOException e) {
      listener.close();
      throw e;
    }
    ConnectionAcceptor entrance = new ConnectionAcceptor(listener, server, most, mostPerClient);
    Thread.ofPlatform().daemon().name("entrance").start(entrance::accept);
    return entrance;
  }

  int port() {
    return listener.getLocalPort();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        Connection connection = new Connection(client);
        if (enter(connection)) {
          Thread.ofVirtual().name("connection").start(connection::run);
        }
      } catch (IOException | RuntimeException | OutOfMemoryError e) {
        // There may be no file or memory left for a connection: the one that waits longest makes
        // room. This thread must not end: nobody could connect any more.
        oldest().ifPresent(Connection::close);
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }

  private synchronized boolean enter(Connection connection) {
    if (closed) {
      connection.close();
      return false;
    }
    Collection<Connection> same =
        open.stream().filter(one -> one.network.equals(connection.network)).toList();
    if (same.size() >= mostPerClient) {
      waitingLongest(same).ifPresent(this::evict);
    } else if (open.size() >= most) {
      waitingLongest(open).ifPresent(this::evict);
    }
    return open.add(connection);
  }

  /** A client of IPv6 has as many addresses as it likes, of one network. */
  private static String network(InetAddress address) {
    byte[] bytes = address.getAddress();
    return HexFormat.of().formatHex(bytes, 0, bytes.length == 16 ? 8 : bytes.length);
  }

  private void evict(Connection connection) {
    open.remove(connection);
    connection.close();
  }

  private synchronized Optional<Connection> oldest() {
    return waitingLongest(open);
  }

  private static Optional<Connection> waitingLongest(Collection<Connection> among) {
    long now = System.nanoTime();
    return among.stream()
        .max(
            Comparator.<Connection>comparingInt(one -> one.hasRequest ? 0 : 1)
                .thenComparingLong(one -> now - one.lastMoved));
  }

  private synchronized void leave(Connection connection) {
    open.remove(connection);
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    closeQuietly(listener);
    Collection<Connection> all;
    synchronized (this) {
      all = Set.copyOf(open);
    }
    all.forEach(Connection::close);
  }

  private static void closeQuietly(AutoCloseable one) {
    try {
      one.close();
    } catch (Exception e) {
      // It is as good as closed.
    }
  }

  /** A client's connection, and the one to the server that stands for it. */
  private final class Connection {
    private final Socket client;
    private final String network;
    private final Socket inner = new Socket();

    /** Whether a request's head has come whole. */
    private volatile boolean hasRequest;

    private volatile long lastMoved = System.nanoTime();

    Connection(Socket client) {
      this.client = client;
      this.network = network(client.getInetAddress());
    }

    void run() {
      try {
        client.setTcpNoDelay(true);
        byte[] head = head();
        if (head.length == 0) {
          close();
          return;
        }
        hasRequest = true;
        inner.setTcpNoDelay(true);
        inner.connect(server);
        inner.getOutputStream().write(head);
        Thread.ofVirtual().name("answer").start(this::answer);
        pass(client.getInputStream(), inner.getOutputStream());
        inner.shutdownOutput();
      } catch (IOException | RuntimeException | OutOfMemoryError e) {
        skipRest();
        close();
      }
    }

    /** A connection that is closed with bytes unread is reset, and its answer may be lost. */
    private void skipRest() {
      try {
        client.setSoTimeout(MOST_REST_MILLIS);
        long end = System.nanoTime() + MOST_REST_MILLIS * 1_000_000L;
        byte[] buffer = new byte[BUFFER_BYTES];
        while (System.nanoTime() < end && client.getInputStream().read(buffer) >= 0) {
          // Not wanted.
        }
      } catch (IOException e) {
        // The client is gone.
      }
    }

    private void answer() {
      try {
        pass(inner.getInputStream(), client.getOutputStream());
        client.shutdownOutput();
        skipRest();
      } catch (IOException e) {
        // One of both is gone.
      } finally {
        close();
      }
    }

    /**
     * The bytes up to where a request's head ends, and what came with them; none if it does not.
     */
    private byte[] head() throws IOException {
      InputStream in = client.getInputStream();
      byte[] bytes = new byte[BUFFER_BYTES];
      int length = 0;
      long end = System.nanoTime() + MOST_HEAD_MILLIS * 1_000_000L;
      while (!endsHead(bytes, length) && length < MOST_HEAD_BYTES) {
        long left = (end - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
          return new byte[0];
        }
        client.setSoTimeout((int) left);
        if (length == bytes.length) {
          bytes = Arrays.copyOf(bytes, 2 * length);
        }
        int read = in.read(bytes, length, bytes.length - length);
        if (read < 0) {
          return new byte[0];
        }
        length += read;
      }
      client.setSoTimeout(0);
      return Arrays.copyOf(bytes, length);
    }

    private static boolean endsHead(byte[] bytes, int length) {
      int lines = 0;
      for (int i = 0; i < length; i++) {
        if (bytes[i] == '\n') {
          if (++lines == 2) {
            return true;
          }
        } else if (bytes[i] != '\r') {
          lines = 0;
        }
      }
      return false;
    }

    private void pass(InputStream in, OutputStream out) throws IOException {
      byte[] buffer = new byte[BUFFER_BYTES];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        lastMoved = System.nanoTime();
        out.write(buffer, 0, read);
        lastMoved = System.nanoTime();
      }
    }

    private void close() {
      closeQuietly(client);
      closeQuietly(inner);
      leave(this);
    }
  }
}
