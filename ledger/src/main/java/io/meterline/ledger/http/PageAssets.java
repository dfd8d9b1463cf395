package io.meterline.ledger.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.meterline.core.Digests;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The page's files, read from the program's own jars. There is a fixed list of them, and nothing
 * else is found, whatever a path says.
 *
 * <p>All but the page itself lie below a hash of all of them, and so a browser may keep them for
 * ever: another version has another address.
 */
final class PageAssets {
  private static final String CHARTS = "/META-INF/resources/webjars/chart.js/4.5.1/dist/";
  private static final String OWN = "/io/meterline/ledger/page/";
  private static final String PAGE = OWN + "index.html";

  private static final List<String> MODULES =
      List.of(
          "api.js",
          "app.js",
          "csv.js",
          "customers.js",
          "dom.js",
          "explorer.js",
          "format.js",
          "kept-aside.js",
          "overview.js",
          "palette.js",
          "pickers.js",
          "plot.js",
          "range.js",
          "records.js",
          "table.js",
          "theme.js",
          "usage.js");

  private static final Map<String, String> POLICY =
      Map.of(
          "Content-Security-Policy",
          "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
              + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
              + " require-trusted-types-for 'script'; trusted-types 'none'",
          "Cross-Origin-Opener-Policy",
          "same-origin",
          "Permissions-Policy",
          "camera=(), geolocation=(), microphone=()");

  private final Map<String, Asset> assets = new TreeMap<>();
  private final String version;

  @SuppressWarnings("ArrayRecordComponent") // Sent, and never compared.
  private record Asset(String type, byte[] plain, byte[] packed, String etag, String caching) {}

  PageAssets() throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (String module : MODULES) {
      files.put(module, read(OWN + module));
    }
    files.put("style.css", read(OWN + "style.css"));
    files.put("icon.svg", read(OWN + "icon.svg"));
    files.put("chart.umd.min.js", read(CHARTS + "chart.umd.min.js"));
    MessageDigest digest = Digests.sha256();
    byte[] page = read(PAGE);
    digest.update(page);
    for (byte[] file : files.values()) {
      digest.update(file);
    }
    version = HexFormat.of().formatHex(digest.digest(), 0, 8);
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      assets.put(
          "/page/" + version + "/" + file.getKey(),
          asset(type(file.getKey()), file.getValue(), "public, max-age=31536000, immutable"));
    }
    byte[] versioned = new String(page, UTF_8).replace("{version}", version).getBytes(UTF_8);
    assets.put("/", asset("text/html; charset=utf-8", versioned, "no-cache"));
  }

  /**
   * The file at a path.
   *
   * @param known the ETags that the browser has
   */
  Optional<Response> at(String path, @Nullable String known, boolean takesGzip) {
    Asset asset = assets.get(path);
    if (asset == null) {
      return Optional.empty();
    }
    Map<String, String> headers = new LinkedHashMap<>(path.equals("/") ? POLICY : Map.of());
    headers.put("Cache-Control", asset.caching());
    headers.put("ETag", asset.etag());
    headers.put("Vary", "Accept-Encoding");
    if (known != null && known.contains(asset.etag())) {
      return Optional.of(new Response(304, asset.type(), new byte[0], headers));
    }
    if (takesGzip) {
      headers.put("Content-Encoding", "gzip");
    }
    return Optional.of(
        new Response(200, asset.type(), takesGzip ? asset.packed() : asset.plain(), headers));
  }

  private Asset asset(String type, byte[] body, String caching) throws IOException {
    return new Asset(type, body, packed(body), "\"" + version + "\"", caching);
  }

  static byte[] packed(byte[] body) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream(body.length / 3 + 64);
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(body);
    }
    return out.toByteArray();
  }

  private static String type(String name) {
    return name.endsWith(".js")
        ? "text/javascript; charset=utf-8"
        : name.endsWith(".css") ? "text/css; charset=utf-8" : "image/svg+xml";
  }

  private static byte[] read(String resource) throws IOException {
    try (InputStream in = PageAssets.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new FileNotFoundException(resource + " is missing from the program");
      }
      return in.readAllBytes();
    }
  }
}
