package io.meterline.ledger.http;

import com.sun.net.httpserver.Headers;
import io.meterline.core.json.JsonCursor;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * A request's body, in memory as a whole, within the budget that all requests share. To be read
 * before any turn is taken: how fast it comes is the client's to decide.
 */
@SuppressWarnings("ArrayRecordComponent") // Read once, and never compared.
record RequestBody(byte[] bytes, ByteBudget.Share share) implements AutoCloseable {
  private static final int CHUNK = 8 * 1024;

  /** As much of a body that is refused is read: a client that still sends would not see why. */
  private static final int MOST_SKIPPED = 64 * 1024 * 1024;

  static RequestBody read(Headers headers, InputStream in, int most, ByteBudget budget)
      throws Problem {
    try {
      return readAll(headers, in, most, budget);
    } catch (Problem e) {
      skip(in);
      throw e;
    }
  }

  private static void skip(InputStream in) {
    try {
      byte[] chunk = new byte[CHUNK];
      int read = in.read(chunk);
      for (int left = MOST_SKIPPED; left > 0 && read >= 0; left -= read) {
        read = in.read(chunk);
      }
    } catch (IOException e) {
      // The client is gone, or the stream is closed.
    }
  }

  private static RequestBody readAll(Headers headers, InputStream in, int most, ByteBudget budget)
      throws Problem {
    String encoding = headers.getFirst("Content-Encoding");
    boolean isPacked = "gzip".equalsIgnoreCase(encoding);
    if (encoding != null && !isPacked && !encoding.equalsIgnoreCase("identity")) {
      throw Problem.wrongEncoding(encoding);
    }
    ByteBudget.Share share = budget.share();
    boolean isRead = false;
    try {
      // Not closed here: the rest is skipped where it is refused.
      InputStream body = isPacked ? new GZIPInputStream(in) : in;
      byte[] bytes = read(body, most, share);
      if (isBlank(bytes)) {
        throw Problem.badRequest("the body is empty");
      }
      isRead = true;
      return new RequestBody(bytes, share);
    } catch (ZipException | EOFException e) {
      throw Problem.badRequest(
          isPacked ? "the body is not gzip to its end" : "the body ends early");
    } catch (IOException e) {
      // The client broke the connection off, or framed its body in a way that HTTP does not have.
      throw Problem.badRequest("the body could not be read to its end");
    } finally {
      if (!isRead) {
        share.close();
      }
    }
  }

  private static boolean isBlank(byte[] body) {
    for (byte b : body) {
      if (!JsonCursor.isSpace(b)) {
        return false;
      }
    }
    return true;
  }

  private static byte[] read(InputStream in, int most, ByteBudget.Share share)
      throws IOException, Problem {
    List<byte[]> chunks = new ArrayList<>();
    int size = 0;
    while (true) {
      byte[] chunk = in.readNBytes(CHUNK);
      size += chunk.length;
      if (size > most) {
        throw Problem.tooLarge(most);
      }
      // At the end all is there twice, for a moment.
      if (!share.raiseTo(2L * size)) {
        throw Problem.busy("too many large bodies at once; send it again");
      }
      chunks.add(chunk);
      if (chunk.length < CHUNK) {
        return joined(chunks, size);
      }
    }
  }

  private static byte[] joined(List<byte[]> chunks, int size) {
    ByteBuffer all = ByteBuffer.allocate(size);
    chunks.forEach(all::put);
    return all.array();
  }

  @Override
  public void close() {
    share.close();
  }
}
