package io.meterline.ledger.usage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meterline.ledger.Ledger;
import io.meterline.ledger.LedgerSettings;
import io.meterline.ledger.LedgerViews;
import io.meterline.ledger.RecordQuery;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a question names must exist; where it does, an empty answer says why it is empty. */
final class KnownNamesTest {
  private static final String RECORDS =
      """
      {"meterApiName":"api-calls","customerId":"acme","meterTimeInMillis":1792886400000,"meterValue":1,"uniqueId":"1","dimensions":{"region":"eu","tier":"gold"}}
      {"meterApiName":"api-calls","customerId":"globex","meterTimeInMillis":1792886400000,"meterValue":2,"uniqueId":"2","dimensions":{"region":"us"}}
      {"meterApiName":"storage","customerId":"initech","meterTimeInMillis":1792886400000,"meterValue":4,"uniqueId":"3","dimensions":{"customer":"c1"}}
      """;
  private static final Instant DAY = Instant.parse("2026-10-25T00:00:00Z");

  @TempDir private Path folder;
  private Ledger ledger;

  @BeforeEach
  void open() throws Exception {
    ledger = Ledger.open(folder.resolve("ledger"), LedgerSettings.DEFAULT);
    ledger.ingest("test", RECORDS.getBytes(UTF_8));
  }

  @AfterEach
  void close() throws IOException {
    ledger.close();
  }

  @Test
  void anUnknownDimensionIsRefusedWithTheNearest() {
    String message =
        "no record of meter 'api-calls' has a dimension 'customer': did you mean 'customerId'?"
            + " Known: customerId, region, tier";
    assertRefused(query("api-calls", "customer"), message);
    assertRefused(query("api-calls", "", "customer=acme"), message);
    assertRefused(query("api-calls", "region", "customer=acme"), message);
    assertRefused(query("api-calls", "customerId,reigon"), "did you mean 'region'?");
    assertRefused(
        query("storage", "region"), "no record of meter 'storage' has a dimension 'region'. Known");
  }

  @Test
  void aDimensionCalledCustomerIsOneWhereItExists() throws IOException {
    assertThat(ask(query("storage", "customer")).rows().getFirst().groups()).containsExactly("c1");
    assertThat(value(query("storage", "", "customer=c1"))).isEqualTo("4");
  }

  @Test
  void anUnknownCustomerIsRefusedWithTheNearest() {
    String message =
        "no record is of a customer 'acmee': did you mean 'acme'? Known: acme, globex, initech";
    assertRefused(query("api-calls", "", "customerId=acmee"), message);
    assertRefused(query("api-calls", "", "customerId=acme", "customerId=acmee"), message);
    assertRefused(query("api-calls", "customerId", "customerId=acme", "customerId=acmee"), message);
    assertRefused(query("api-calls", "", "customerId="), "customer ''. Known");
    LedgerViews views = new LedgerViews(ledger);
    assertThatThrownBy(() -> views.busiest("acmee", DAY, DAY.plusSeconds(1), 1))
        .isInstanceOf(BadQuery.class)
        .hasMessage(message);
    assertThatThrownBy(() -> ledger.records(records("", "acmee")))
        .isInstanceOf(BadQuery.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @EnumSource(Aggregation.class)
  void whateverTheMeterIsUnknownNamesAreRefusedAndEmptyRangesSaySo(Aggregation aggregation)
      throws IOException {
    String over = aggregation == Aggregation.UNIQUE_COUNT ? "region" : "";
    ledger.define(List.of(new MeterDefinition("api-calls", aggregation, over, "")));
    assertRefused(query("api-calls", "", "customerId=acmee"), "did you mean 'acme'?");
    assertRefused(query("api-calls", "", "region=eus"), "did you mean 'eu'?");
    assertRefused(query("api-calls", "", "customer=acme"), "did you mean 'customerId'?");
    assertThat(ask(query("api-calls", "", "customerId=initech")).note()).contains("'initech'");
    assertThat(ask(query("api-calls", "", "customerId=acme")).note()).isEmpty();
  }

  @Test
  void anUnknownMeterIsRefusedWhereverItIsNamed() {
    String message =
        "no record is of a meter 'api-cals': did you mean 'api-calls'? Known: api-calls, storage";
    assertRefused(query("api-cals", ""), message);
    assertThatThrownBy(() -> ledger.records(records("api-cals", ""))).hasMessage(message);
    assertThatThrownBy(
            () -> new LedgerViews(ledger).dimensions("api-cals", DAY, DAY.plusSeconds(1), 1))
        .hasMessage(message);
  }

  @Test
  void aValueThatTheMeterNeverHadIsRefusedWithTheNearest() {
    assertRefused(
        query("api-calls", "", "region=eus"),
        "no record of meter 'api-calls' has 'eus' in its dimension 'region':"
            + " did you mean 'eu'? Known: eu, us");
    assertRefused(query("api-calls", "region", "region=eu", "region=eus"), "has 'eus' in");
    assertRefused(query("api-calls", "tier", "region=eu", "region=eus"), "has 'eus' in");
  }

  @Test
  void aKnownCustomerWithoutRecordsIsAnEmptyAnswerThatSaysSo() throws IOException {
    assertThat(ask(query("api-calls", "", "customerId=initech")).note())
        .isEqualTo(
            "no record of meter 'api-calls' with customerId 'initech' from 2026-10-25T00:00:00Z"
                + " to 2026-10-26T00:00:00Z: there is none at any other time either");
    assertThat(value(query("api-calls", "", "customerId=initech"))).isEqualTo("0");
    assertThat(ask(query("api-calls", "", "region=us", "tier=gold")).note())
        .contains("with region 'us' and tier 'gold' from");
  }

  @Test
  void anEmptyRangeSaysWhenThereAreRecordsInTheZoneOfTheQuestion() throws IOException {
    UsageQuery later =
        new UsageQuery(
            "api-calls",
            DAY.plusSeconds(86_400),
            DAY.plusSeconds(2 * 86_400),
            WindowSize.DAY,
            ZoneId.of("Europe/Berlin"),
            List.of("region"),
            Map.of("customerId", Set.of("acme")),
            OptionalInt.of(3),
            false);
    Usage answer = ask(later);
    assertThat(answer.rows()).isEmpty();
    assertThat(answer.note())
        .isEqualTo(
            "no record of meter 'api-calls' with customerId 'acme' from 2026-10-26T01:00:00+01:00"
                + " to 2026-10-27T01:00:00+01:00: there are some from 2026-10-25T02:00:00+02:00"
                + " to 2026-10-25T02:00:00+02:00");
    assertThat(ask(query("api-calls", "region")).note()).isEmpty();
  }

  @Test
  void aMeterThatIsDefinedAndWasNotSeenIsEmptyAndSaysSo() throws IOException {
    ledger.define(List.of(new MeterDefinition("seats", Aggregation.MAX, "", "")));
    assertThat(ask(query("seats", "plan", "plan=pro")).note())
        .isEqualTo("meter 'seats' is defined, and no record of it was loaded yet");
  }

  @Test
  void aDefinitionOverAnUnknownDimensionIsDoubtedAndItsAnswerSaysSo() throws IOException {
    List<MeterDefinition> definitions =
        List.of(
            new MeterDefinition("api-calls", Aggregation.UNIQUE_COUNT, "regio", ""),
            new MeterDefinition("storage", Aggregation.UNIQUE_COUNT, "customerId", ""));
    assertThat(ledger.define(definitions))
        .containsExactly(
            "meter 'api-calls' is defined over 'regio': no record of meter 'api-calls' has a"
                + " dimension 'regio': did you mean 'region'? Known: customerId, region, tier");
    assertThat(ask(query("api-calls", "")).note())
        .contains("has the dimension 'regio', whose values its definition counts");
  }

  @Test
  void longNamesAreNeitherComparedNorShownWhole() throws Exception {
    String atBound = "a".repeat(Nearest.MOST_CHARS);
    String beyond = "b".repeat(Nearest.MOST_CHARS + 1);
    String record =
        "{\"meterApiName\":\"m\",\"customerId\":\"%s\",\"meterTimeInMillis\":1,\"meterValue\":1}";
    ledger.ingest("a", record.formatted(atBound).getBytes(UTF_8));
    ledger.ingest("b", record.formatted(beyond).getBytes(UTF_8));
    assertRefused(
        query("api-calls", "", "customerId=" + atBound.substring(1) + "x"),
        "did you mean '" + atBound + "'?");
    String near = "b".repeat(Nearest.MOST_CHARS - 1);
    assertThatThrownBy(() -> ask(query("api-calls", "", "customerId=" + near)))
        .hasMessageContaining("customer '" + near + "'. Known")
        .hasMessageContaining("b…, ");
    assertThatThrownBy(() -> ask(query("api-calls", "", "customerId=" + "c".repeat(1_000_000))))
        .message()
        .hasSizeLessThan(1000);
  }

  @Test
  void whatSteersATerminalIsNotInAMessage() {
    assertThatThrownBy(() -> ask(query("\u001b[31mred", "")))
        .hasMessageStartingWith("no record is of a meter '\ufffd[31mred'");
  }

  private void assertRefused(UsageQuery query, String message) {
    assertThatThrownBy(() -> ask(query)).isInstanceOf(BadQuery.class).hasMessageContaining(message);
  }

  private Usage ask(UsageQuery query) throws IOException {
    return ledger.usage(query, UsageLimits.DEFAULT);
  }

  private String value(UsageQuery query) throws IOException {
    return ask(query).rows().getFirst().plainValue();
  }

  private static RecordQuery records(String meter, String customer) {
    return new RecordQuery(meter, customer, "", DAY, DAY.plusSeconds(1), 0, 10);
  }

  private static UsageQuery query(String meter, String groupBy, String... filters) {
    Map<String, Set<String>> all = new LinkedHashMap<>();
    for (String filter : filters) {
      String[] pair = filter.split("=", 2);
      all.computeIfAbsent(pair[0], name -> new TreeSet<>()).add(pair[1]);
    }
    return new UsageQuery(
        meter,
        DAY,
        DAY.plusSeconds(86_400),
        WindowSize.NONE,
        ZoneOffset.UTC,
        groupBy.isEmpty() ? List.of() : Arrays.asList(groupBy.split(",")),
        all,
        OptionalInt.empty(),
        false);
  }
}
