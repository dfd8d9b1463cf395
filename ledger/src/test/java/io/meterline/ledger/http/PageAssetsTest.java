package io.meterline.ledger.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PageAssetsTest {
  private static final Pattern ADDRESS = Pattern.compile("\"(/page/[^\"]+)\"");
  private static final Pattern IMPORT = Pattern.compile("(?:from |import\\()'\\./([^']+)'");

  private final PageAssets assets;

  PageAssetsTest() throws IOException {
    assets = new PageAssets();
  }

  @Test
  void allThatThePageAsksForIsThereAndMayBeKeptForEver() {
    List<String> found = new ArrayList<>(addresses());
    assertThat(found).anyMatch(path -> path.endsWith("app.js"));
    for (int i = 0; i < found.size(); i++) {
      String path = found.get(i);
      Response file = answer(path, null);
      assertThat(file.headers().get("Cache-Control")).as(path).contains("immutable");
      if (!path.endsWith(".js") || path.endsWith("chart.umd.min.js")) {
        continue;
      }
      Matcher imports = IMPORT.matcher(new String(file.body(), UTF_8));
      while (imports.find()) {
        String other = path.substring(0, path.lastIndexOf('/') + 1) + imports.group(1);
        if (!found.contains(other)) {
          found.add(other);
        }
      }
    }
  }

  @Test
  void thePageItselfIsAskedForEachTimeAndSentOnce() {
    Response page = answer("/", null);
    assertThat(page.headers()).containsEntry("Cache-Control", "no-cache");
    assertThat(page.headers().get("Content-Security-Policy"))
        .contains("default-src 'none'", "script-src 'self'")
        .doesNotContain("unsafe");
    Response again = answer("/", page.headers().get("ETag"));
    assertThat(again.status()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
  }

  @Test
  void aFileIsPackedWhereThatIsTaken() throws IOException {
    String path = addresses().getFirst();
    Response packed = assets.at(path, null, true).orElseThrow();
    assertThat(packed.headers()).containsEntry("Content-Encoding", "gzip");
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed.body()))) {
      assertThat(in.readAllBytes()).isEqualTo(answer(path, null).body());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/page/../index.html",
        "/page/0/app.js",
        "/index.html",
        "/../pom.xml",
        "/page//etc/passwd",
        "//",
        ""
      })
  void nothingElseIsFound(String path) {
    assertThat(assets.at(path, null, false)).isEmpty();
  }

  private List<String> addresses() {
    Matcher found = ADDRESS.matcher(new String(answer("/", null).body(), UTF_8));
    List<String> addresses = new ArrayList<>();
    while (found.find()) {
      addresses.add(found.group(1));
    }
    return addresses;
  }

  private Response answer(String path, @Nullable String known) {
    return assets.at(path, known, false).orElseThrow(() -> new AssertionError(path));
  }
}
