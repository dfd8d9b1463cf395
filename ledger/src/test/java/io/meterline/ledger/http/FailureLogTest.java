package io.meterline.ledger.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FailureLogTest {
  private final List<String> lines = new ArrayList<>();
  private Instant now = Instant.EPOCH;
  private final FailureLog log = new FailureLog(() -> now, lines::add);

  @Test
  void eachKindIsLoggedOnceInAWhile() {
    for (int i = 0; i < 5; i++) {
      log.failed("GET /api/status", new SQLException("IO Error: no space, attempt " + i));
    }
    assertThat(lines).singleElement().asString().contains("GET /api/status failed: ");
    log.failed("GET /api/status", new SQLException("IO Error: read only"));
    assertThat(lines).hasSize(2);
    now = now.plusSeconds(601);
    log.failed("GET /api/status", new SQLException("IO Error: no space, attempt 9"));
    assertThat(lines).hasSize(3);
    assertThat(lines.getLast()).contains("(4 more since)");
  }

  @Test
  void whatMayRepeatARecordIsNotLogged() {
    log.failed("POST /api/ingest", new SQLException("Conversion Error: 'customer-4711' is none"));
    log.failed("POST /api/ingest", new IllegalStateException("customer-4711"));
    assertThat(lines).hasSize(2).noneMatch(line -> line.contains("4711"));
    assertThat(lines.getFirst()).contains("Conversion Error");
    assertThat(lines.getLast()).contains("IllegalStateException").contains("FailureLogTest");
  }
}
