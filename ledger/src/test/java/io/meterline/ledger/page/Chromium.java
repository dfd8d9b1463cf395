package io.meterline.ledger.page;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** The machine's own Chromium without a window, and a note of all that its pages did. */
final class Chromium implements AutoCloseable {
  private final Playwright playwright;
  private final Browser browser;
  private final List<String> requests = new ArrayList<>();
  private final List<String> complaints = new ArrayList<>();

  private Chromium(Playwright playwright, Path program) {
    this.playwright = playwright;
    this.browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(program)
                    .setArgs(
                        List.of(
                            "--no-sandbox",
                            "--disable-gpu",
                            "--disable-quic",
                            "--no-first-run",
                            "--disable-background-networking",
                            "--disable-component-update",
                            "--disable-sync")));
  }

  /**
   * Starts it. Where there is none the test is skipped, or fails where that must not go unseen:
   * with {@code CI=true} or {@code METERLINE_REQUIRE_CHROMIUM=1}.
   */
  static Chromium start() {
    Optional<Path> program =
        Stream.of("chromium", "chromium-browser", "google-chrome")
            .map(name -> Path.of("/usr/bin", name))
            .filter(Files::isExecutable)
            .findFirst();
    if (program.isEmpty()) {
      String message = "there is no Chromium: the page is not tested (apt-get install chromium)";
      if ("true".equals(System.getenv("CI"))
          || "1".equals(System.getenv("METERLINE_REQUIRE_CHROMIUM"))) {
        throw new AssertionError(message);
      }
      return Assumptions.abort(message);
    }
    return new Chromium(
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"))),
        program.get());
  }

  /** A new page that knows nothing of those before. */
  Page page(int width, ColorScheme scheme) {
    BrowserContext context =
        browser.newContext(
            new Browser.NewContextOptions()
                .setViewportSize(width, width < 500 ? 740 : 900)
                .setReducedMotion(ReducedMotion.REDUCE)
                .setColorScheme(scheme));
    context.onRequest(request -> requests.add(request.url()));
    context.onWebError(error -> complaints.add(error.error()));
    context.onConsoleMessage(
        message -> {
          if (message.type().equals("error")) {
            complaints.add(message.text());
          }
        });
    return context.newPage();
  }

  /** Ends all pages: they ask no more. */
  void closePages() {
    browser.contexts().forEach(BrowserContext::close);
  }

  /** Forgets what pages did. */
  void forget() {
    requests.clear();
    complaints.clear();
  }

  /** The addresses that pages asked for. */
  List<String> requests() {
    return requests;
  }

  /** What pages threw or complained of, such as a breach of their policy. */
  List<String> complaints() {
    return complaints;
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}
