package io.meterline.ledger.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.meterline.ledger.Ledger;
import io.meterline.ledger.LedgerSettings;
import io.meterline.ledger.LoadListener;
import io.meterline.ledger.body.BrokenBody;
import io.meterline.ledger.http.LedgerServer;
import io.meterline.ledger.place.Folder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page in a browser, as a person has it. */
final class PageTest {
  /** 2026-10-25T00:00:00Z: in Berlin a day of 25 hours. */
  private static final long START = 1_792_886_400_000L;

  private static final String HUGE = "12345678901234567890123456789012345.678";
  private static final String HOSTILE = "<img src=x onerror=\"window.broken=1\">";
  private static final String RANGE = "from=2026-10-25&to=2026-10-26";
  private static final List<String> VIEWS =
      List.of(
          "overview",
          "usage?meter=storage&" + RANGE,
          "customers?meter=storage&" + RANGE,
          "customers?customer=acme&meter=storage&" + RANGE,
          "records?meter=storage",
          "aside",
          "aside?tab=conflicts");

  private static final Path SCREENSHOTS = Path.of("target", "screenshots");

  private static Chromium chromium;

  private final HttpClient client = HttpClient.newHttpClient();
  @TempDir private Path folder;
  private Ledger ledger;
  private LedgerServer server;

  @BeforeAll
  static void startBrowser() {
    chromium = Chromium.start();
  }

  @AfterAll
  static void stopBrowser() {
    if (chromium != null) {
      chromium.close();
    }
  }

  @BeforeEach
  void start() throws IOException {
    chromium.forget();
    ledger = Ledger.open(folder.resolve("ledger"), LedgerSettings.DEFAULT);
    server = LedgerServer.start(ledger, loopback(0), "");
  }

  @AfterEach
  void stop() throws IOException {
    chromium.closePages();
    server.close();
    ledger.close();
    assertThat(chromium.requests())
        .as("nothing is asked of anywhere else")
        .allMatch(address -> address.matches("(blob:)?http://localhost:\\d+/.*"));
  }

  @Test
  void anEmptyLedgerSaysHowToFillIt() {
    Page page = open(1440, ColorScheme.LIGHT, "overview");
    assertThat(page.locator(".command").first()).containsText("/api/ingest");
    shoot(page, "empty-1440-light");
    nobodyComplains();
  }

  @ParameterizedTest
  @CsvSource({"360, DARK", "768, LIGHT", "1440, DARK"})
  void theViewsFitTheirWidthInLightAndDark(int width, ColorScheme scheme) throws Exception {
    fill();
    Page page = open(width, scheme, "overview");
    for (String view : VIEWS) {
      go(page, view);
      assertThat((Integer) page.evaluate("document.documentElement.scrollWidth"))
          .as(view)
          .isLessThanOrEqualTo(width);
      shoot(page, view.replaceAll("\\W+", "-") + "-" + width + "-" + word(scheme));
    }
    nobodyComplains();
  }

  @Test
  void theExplorerShowsTheNumbersOfTheApi() throws Exception {
    fill();
    String view = "usage?meter=storage&by=region&window=hour&zone=Europe/Berlin&" + RANGE;
    Page page = open(1440, ColorScheme.LIGHT, view);
    List<String> csv =
        ask("/api/usage?meter=storage&group-by=region&top=8&window=hour&zone=Europe/Berlin&"
                + RANGE)
            .lines()
            .skip(1)
            .toList();
    Locator rows = page.locator("[aria-label='Usage by hour'] tbody tr");
    assertThat(rows.count()).isEqualTo(csv.size());
    for (int i = 0; i < csv.size(); i++) {
      String[] cells = csv.get(i).split(",", -1);
      assertThat(rows.nth(i).locator("time").getAttribute("datetime")).isEqualTo(cells[0]);
      assertThat(rows.nth(i).locator("td").nth(0).textContent())
          .isEqualTo(cells[1].isEmpty() ? "(none)" : cells[1]);
      assertThat(rows.nth(i).locator("td").nth(1).textContent().replace(",", ""))
          .isEqualTo(cells[2]);
    }
    assertThat(csv).anyMatch(line -> line.endsWith(HUGE));
    shoot(page, "explorer-1440-light");
    nobodyComplains();
  }

  @Test
  void theCsvThatIsSavedIsTheApisAnswer() throws Exception {
    fill();
    Page page =
        open(1440, ColorScheme.LIGHT, "usage?meter=calls&by=customerId&window=hour&" + RANGE);
    Download download = page.waitForDownload(() -> page.locator("#csv").click());
    assertThat(download.suggestedFilename()).isEqualTo("calls_2026-10-25_2026-10-26_hour.csv");
    assertThat(Files.readString(download.path()))
        .isEqualTo(ask("/api/usage?meter=calls&group-by=customerId&window=hour&" + RANGE));
  }

  @Test
  void aSpreadsheetRunsNothingOfTheCsvThatIsSaved() throws Exception {
    for (String customer : List.of("=cmd|' /C calc'!A0", "+1", "-2", "@SUM(1)", "a,b", "q\"q")) {
      ingest(record("f", customer, START, "-7", "id" + customer.hashCode(), "{}"));
    }
    String view = "usage?meter=f&by=customerId&window=hour&" + RANGE;
    Page page = open(1440, ColorScheme.LIGHT, view);
    Download download = page.waitForDownload(() -> page.locator("#csv").click());
    String saved = Files.readString(download.path());
    assertThat(saved)
        .isEqualTo(
            ask("/api/usage?meter=f&group-by=customerId&window=hour&spreadsheet=true&" + RANGE));
    assertThat(saved).contains(",'=cmd|' /C calc'!A0,-7\n", ",'+1,-7\n", ",'-2,-7\n");
  }

  @Test
  void whatDoesNotExistIsSaidToAndThereIsAWayOn() throws Exception {
    fill();
    Page page =
        open(1440, ColorScheme.LIGHT, "usage?meter=calls&filter=customerId%3Dacmee&" + RANGE);
    assertThat(page.locator("#why")).containsText("did you mean 'acme'?");
    shoot(page, "unknown-customer-1440-light");
    page.locator("#without").click();
    assertThat(page.locator("#total")).hasText("72");
    go(page, "customers?customer=acmee&meter=calls&" + RANGE);
    assertThat(page.locator("#why")).containsText("did you mean 'acme'?");
    go(page, "usage?meter=calls&by=regio&" + RANGE);
    assertThat(page.locator("#why")).containsText("did you mean 'region'?");
    shoot(page, "unknown-dimension-1440-light");
  }

  @Test
  void anEmptyRangeSaysWhenThereAreRecords() throws Exception {
    fill();
    Page page =
        open(
            768,
            ColorScheme.DARK,
            "usage?meter=calls&filter=customerId%3Dacme&from=2026-11-01&to=2026-11-02");
    assertThat(page.locator("#why")).containsText("with customerId 'acme' from 2026-11-01T");
    assertThat(page.locator("#why")).containsText("there are some from 2026-10-25T00:00:00Z");
    shoot(page, "empty-range-768-dark");
    nobodyComplains();
  }

  @Test
  void yesterdayIsARange() throws Exception {
    fill();
    Page page = open(768, ColorScheme.LIGHT, "usage?meter=calls&range=yesterday");
    assertThat(page.locator("#range")).hasValue("yesterday");
    assertThat(page.locator(".empty-title, #total").first()).isVisible();
    nobodyComplains();
  }

  @Test
  void whatWasPutAsideOnItsWayIsShownApartFromWhatTheLedgerRefused() throws Exception {
    Path quarantine = Files.createDirectories(folder.resolve("out/quarantine"));
    Files.writeString(
        quarantine.resolve("a.ndjson"),
        """
        {"reason":"missing-field","detail":"customerId is missing","owner":"","logGroup":"/app/api","logStream":"host-1","eventId":"e-17","timestamp":1792886400000,"message":"METER <img src=x> {}"}
        """);
    ledger.load(new Folder(folder.resolve("out")), LoadListener.NONE);
    Page page = open(1440, ColorScheme.LIGHT, "overview");
    assertThat(page.locator(".figures")).containsText("1 undelivered");
    shoot(page, "undelivered-overview-1440-light");
    go(page, "aside");
    page.locator("#to-undelivered").click();
    Locator row = page.locator("[aria-label='Undelivered'] tbody tr");
    assertThat(row).hasCount(1);
    assertThat(row).containsText("customerId is missing");
    assertThat(row).containsText("/app/api host-1");
    assertThat(row).containsText("e-17");
    row.locator("summary").click();
    assertThat(row.locator("pre")).containsText("<img src=x>");
    assertThat(page.locator("main img").count()).isZero();
    shoot(page, "undelivered-1440-light");
    nobodyComplains();
  }

  @Test
  void aLinkReproducesTheView() throws Exception {
    fill();
    Page page = open(1440, ColorScheme.LIGHT, "usage?meter=calls&" + RANGE);
    page.locator("#by").selectOption("region");
    page.locator("#window").selectOption("day");
    page.locator("#filter-name").selectOption("region");
    page.locator("#filter-value").fill("eu");
    page.locator("#filter-value").press("Enter");
    assertThat(page.locator(".chip")).hasText("region = eu ×");
    assertThat(page.locator("#total")).hasText("48");
    Page other = open(1440, ColorScheme.LIGHT, page.url().substring(page.url().indexOf("#/") + 2));
    assertThat(other.locator("#total")).hasText("48");
    assertThat(other.locator("#by")).hasValue("region");
    assertThat(other.locator(".chip")).hasText("region = eu ×");
  }

  @Test
  void theKeyboardIsEnough() throws Exception {
    fill();
    Page page = open(1440, ColorScheme.LIGHT, "overview");
    page.keyboard().press("Tab");
    assertThat(page.locator(".skip")).isFocused();
    page.keyboard().press("Tab");
    page.keyboard().press("Tab");
    page.keyboard().press("Tab");
    assertThat(page.locator("nav a[href='#/usage']")).isFocused();
    page.keyboard().press("Enter");
    assertThat(page.locator("h1")).hasText("Usage");
    assertThat(page.locator("h1")).isFocused();
    page.keyboard().press("Tab");
    assertThat(page.locator("#meter")).isFocused();
    page.keyboard().press("ArrowDown");
    page.waitForURL("**meter=storage**");
    assertThat(page.locator("#meter")).isFocused();
    go(page, "usage?meter=calls&by=-&window=hour&" + RANGE);
    assertThat(page.locator("#total")).hasText("72");
    page.locator("canvas").focus();
    page.keyboard().press("ArrowRight");
    page.keyboard().press("ArrowRight");
    assertThat(page.locator("figure [aria-live]")).hasText("25 Oct 2026, 01:00. calls: 3");
    nobodyComplains();
  }

  @Test
  void itShowsWhatComesInByItself() throws Exception {
    Page page = open(768, ColorScheme.DARK, "records");
    assertThat(page.locator(".empty-title")).hasText("No records yet");
    ingest(record("calls", "acme", START, "7", "later", "{}"));
    assertThat(page.locator("[aria-label='Records'] tbody tr")).hasCount(1);
    assertThat(page.locator("[aria-label='Records'] tbody")).containsText("later");
    nobodyComplains();
  }

  @Test
  void whatACustomerIsCalledIsTextAndNeverMarkup() throws Exception {
    fill();
    Page page = open(1440, ColorScheme.LIGHT, "overview");
    for (String view :
        List.of("overview", "customers?" + RANGE, "records", "aside", "usage?" + RANGE)) {
      go(page, view);
      assertThat(page.locator("main")).containsText("<img");
      assertThat(page.locator("main img").count()).isZero();
      assertThat(page.evaluate("window.broken")).isNull();
    }
    nobodyComplains();
  }

  @Test
  void tenThousandPointsAreDrawn() throws Exception {
    ingest(
        IntStream.range(0, 10_000)
            .mapToObj(
                i ->
                    record(
                        "dense", "c" + i % 10, START + 60_000L * i, "" + (i % 97), "d" + i, "{}"))
            .collect(Collectors.joining("\n")));
    Page page =
        open(
            1440,
            ColorScheme.LIGHT,
            "usage?meter=dense&by=-&window=minute&from=2026-10-25T00:00:00Z&to=2026-10-31T22:40:00Z");
    assertThat(
            page.evaluate(
                "Chart.getChart(document.querySelector('canvas')).data.datasets[0].data.length"))
        .isEqualTo(10_000);
    shoot(page, "dense-1440-light");
    nobodyComplains();
  }

  @Test
  void aTokenIsAskedForAndKeptInTheTab() throws Exception {
    fill();
    server.close();
    server = LedgerServer.start(ledger, loopback(0), "secret");
    Page page = chromium.page(768, ColorScheme.LIGHT);
    page.navigate(base() + "#/records");
    page.locator("#token").fill("wrong");
    page.keyboard().press("Enter");
    assertThat(page.locator("main [role='alert']")).hasText("That is not the server’s token.");
    shoot(page, "sign-in-768-light");
    page.locator("#token").fill("secret");
    page.keyboard().press("Enter");
    assertThat(page.locator("h1")).hasText("Records");
    page.reload();
    assertThat(page.locator("[aria-label='Records'] tbody tr").first()).isVisible();
  }

  @Test
  void aServerThatIsGoneIsSaidToBeAndFoundAgain() throws Exception {
    fill();
    Page page = open(1440, ColorScheme.LIGHT, "overview");
    int port = server.port();
    server.close();
    assertThat(page.locator("#banner")).containsText("can’t be reached");
    shoot(page, "unreachable-1440-light");
    server = LedgerServer.start(ledger, loopback(port), "");
    assertThat(page.locator("#banner")).isHidden();
    assertThat(page.locator("#live-text")).hasText("Live");
  }

  private Page open(int width, ColorScheme scheme, String view) {
    Page page = chromium.page(width, scheme);
    go(page, view);
    return page;
  }

  /** Goes to a view, and waits until it shows its answer. */
  private void go(Page page, String view) {
    page.navigate(base() + "#/" + view);
    assertThat(page.locator(".results[data-view='#/" + view + "']")).hasCount(1);
  }

  private static void shoot(Page page, String name) {
    page.screenshot(
        new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve(name + ".png")).setFullPage(true));
  }

  private static String word(ColorScheme scheme) {
    return scheme.name().toLowerCase(Locale.ROOT);
  }

  private static void nobodyComplains() {
    assertThat(chromium.complaints()).isEmpty();
  }

  private String base() {
    return "http://localhost:" + server.port() + "/";
  }

  private static InetSocketAddress loopback(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  private String ask(String path) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(base().replaceAll("/$", "") + path))
            .header("Accept", "text/csv")
            .build();
    return client.send(request, BodyHandlers.ofString(UTF_8)).body();
  }

  /** A day of three customers, one of whom is hostile, with something of all that can go wrong. */
  private void fill() throws Exception {
    StringBuilder body = new StringBuilder();
    for (int hour = 0; hour < 24; hour++) {
      long time = START + hour * 3_600_000L;
      body.append(record("calls", "acme", time, "1", "a" + hour, "{\"region\":\"eu\"}"))
          .append('\n');
      body.append(record("calls", "globex", time, "1", "g" + hour, "{\"region\":\"us\"}"))
          .append('\n');
      body.append(record("calls", HOSTILE, time, "1", "h" + hour, "{\"region\":\"eu\"}"))
          .append('\n');
      body.append(record("storage", "acme", time, "0." + (hour + 1), "s" + hour, "{}"))
          .append('\n');
    }
    body.append(record("storage", "globex", START, HUGE, "huge", "{\"region\":\"us\"}"))
        .append('\n');
    body.append(record("calls", "acme", START, "9", "a0", "{\"region\":\"eu\"}")).append('\n');
    body.append(record("calls", "globex", START, "1", "g0", "{\"region\":\"us\"}")).append('\n');
    body.append("{\"customerId\":").append(quoted(HOSTILE)).append("}\n");
    ingest(body.toString());
  }

  private void ingest(String body) throws IOException, BrokenBody {
    ledger.ingest("test/" + body.hashCode(), body.getBytes(UTF_8));
  }

  private static String record(
      String meter, String customer, long time, String value, String id, String dimensions) {
    return "{\"meterApiName\":\"%s\",\"customerId\":%s,\"meterTimeInMillis\":%d,\"meterValue\":%s,\"uniqueId\":\"%s\",\"dimensions\":%s}"
        .formatted(meter, quoted(customer), time, value, id, dimensions);
  }

  private static String quoted(String text) {
    return "\"" + text.replace("\"", "\\\"") + "\"";
  }
}
