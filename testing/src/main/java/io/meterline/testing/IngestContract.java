package io.meterline.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every receiver of the ingest contract over HTTP must do. A test class of one extends this
 * and gives it a receiver that is empty before each test.
 */
public abstract class IngestContract {
  private static final String A = record("a", "1.10");
  private static final String B = record("b", "2");
  private static final String NO_CUSTOMER = A.replace("\"customerId\":\"c\",", "");
  private static final int TOO_LARGE = 16 * 1024 * 1024 + 1;

  private final HttpClient client = HttpClient.newHttpClient();

  /** Where records are posted. */
  protected abstract URI url();

  /** The key that the receiver asks for: visible ASCII. */
  protected abstract String key();

  @AfterEach
  final void closeClient() {
    client.close();
  }

  @Test
  public final void anArrayIsAnsweredRecordByRecord() throws Exception {
    assertThat(statuses(post("[" + A + ", " + NO_CUSTOMER + ",7," + B + "]")))
        .containsExactly("stored", "refused missing-field", "refused not-an-object", "stored");
  }

  @Test
  public final void linesAreAnsweredEachAlsoWhereOneIsBroken() throws Exception {
    assertThat(statuses(post(A + "\n{\"customerId\":]\nhello\n" + NO_CUSTOMER + "\n" + B + "\n")))
        .containsExactly(
            "stored",
            "refused malformed-json",
            "refused not-an-object",
            "refused missing-field",
            "stored");
  }

  @Test
  public final void aSingleObjectIsARecord() throws Exception {
    assertThat(statuses(post(A))).containsExactly("stored");
    assertThat(statuses(post(NO_CUSTOMER))).containsExactly("refused missing-field");
  }

  @Test
  public final void aRecordOfSeveralMetersIsOneRecord() throws Exception {
    String several =
        "{\"customerId\":\"c\",\"meterTimeInMillis\":5,\"values\":{\"m\":1,\"n\":2},\"uniqueId\":\"v\"}";
    assertThat(statuses(post("[" + several + "," + A + "]"))).containsExactly("stored", "stored");
    assertThat(statuses(post(several))).containsExactly("duplicate");
  }

  @Test
  public final void anEmptyArrayHasNoRecords() throws Exception {
    HttpResponse<String> answer = post("[]");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(statuses(answer)).isEmpty();
  }

  @Test
  public final void aBodyMayBeGzip() throws Exception {
    assertThat(statuses(post(gzip("[" + A + "]"), "X-API-KEY", key(), "Content-Encoding", "gzip")))
        .containsExactly("stored");
  }

  @Test
  public final void redeliveryIsADuplicate() throws Exception {
    assertThat(statuses(post("[" + A + "]"))).containsExactly("stored");
    assertThat(statuses(post("[" + A + "," + B + "]"))).containsExactly("duplicate", "stored");
    assertThat(statuses(post(A + "\n" + B))).containsExactly("duplicate", "duplicate");
  }

  @Test
  public final void aRecordThatStandsTwiceInABodyIsStoredOnce() throws Exception {
    assertThat(statuses(post("[" + A + "," + A + "]"))).containsExactly("stored", "duplicate");
  }

  @Test
  public final void theSameIdWithOtherContentIsAConflict() throws Exception {
    post(A);
    assertThat(statuses(post(record("a", "7")))).containsExactly("conflict different-content");
    assertThat(statuses(post(A))).as("the first one counts").containsExactly("duplicate");
  }

  @Test
  public final void whateverIsRefusedSaysWhy() throws Exception {
    assertThat(post("[" + NO_CUSTOMER + "]").body())
        .containsPattern("\"detail\":\"[^\"]*customerId[^\"]*\"");
  }

  @Test
  public final void theAnswerIsJson() throws Exception {
    assertThat(post(A).headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/json");
  }

  @Test
  public final void theKeyMayComeInEitherHeader() throws Exception {
    byte[] body = A.getBytes(UTF_8);
    assertThat(post(body, "X-API-KEY", key()).statusCode()).isEqualTo(200);
    assertThat(post(body, "Authorization", "Bearer " + key()).statusCode()).isEqualTo(200);
  }

  @Test
  public final void withoutTheRightKeyNothingIsStored() throws Exception {
    byte[] body = A.getBytes(UTF_8);
    assertThat(post(body).statusCode()).isEqualTo(401);
    for (String wrong : List.of(key() + "x", key().substring(1), "x", "Bearer " + key())) {
      assertThat(post(body, "X-API-KEY", wrong).statusCode()).as(wrong).isEqualTo(401);
    }
    for (String wrong : List.of("Bearer " + key() + "x", "Bearer", "Basic " + key(), key())) {
      assertThat(post(body, "Authorization", wrong).statusCode()).as(wrong).isEqualTo(401);
    }
    assertThat(statuses(post(A))).containsExactly("stored");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " \n ", "[", "[{", "[1,", "[{} {}]", "[]]", "[{\"a\":}]"})
  public final void aBodyThatCannotBeSplitIsRefused(String body) throws Exception {
    assertThat(post(body).statusCode()).isEqualTo(400);
  }

  @Test
  public final void ofABodyThatIsCutOffNothingIsStored() throws Exception {
    assertThat(post("[" + A + ",").statusCode()).isEqualTo(400);
    assertThat(statuses(post(A))).containsExactly("stored");
  }

  @Test
  public final void whatIsNotGzipToItsEndIsRefused() throws Exception {
    byte[] whole = gzip("[" + A + "]");
    byte[] half = java.util.Arrays.copyOf(whole, whole.length / 2);
    for (byte[] body : List.of(half, A.getBytes(UTF_8))) {
      assertThat(post(body, "X-API-KEY", key(), "Content-Encoding", "gzip").statusCode())
          .isEqualTo(400);
    }
  }

  @Test
  public final void aBodyIsBoundedUnpacked() throws Exception {
    byte[] packed = gzip(" ".repeat(TOO_LARGE));
    assertThat(post(packed, "X-API-KEY", key(), "Content-Encoding", "gzip").statusCode())
        .isEqualTo(413);
  }

  @Test
  public final void anotherEncodingIsNotUnderstood() throws Exception {
    byte[] body = A.getBytes(UTF_8);
    assertThat(post(body, "X-API-KEY", key(), "Content-Encoding", "br").statusCode())
        .isEqualTo(415);
  }

  @Test
  public final void recordsArePosted() throws Exception {
    HttpRequest get = HttpRequest.newBuilder(url()).header("X-API-KEY", key()).build();
    assertThat(client.send(get, BodyHandlers.discarding()).statusCode()).isEqualTo(405);
  }

  private static String record(String id, String value) {
    return "{\"meterApiName\":\"m\",\"customerId\":\"c\",\"meterTimeInMillis\":5,\"meterValue\":%s,\"uniqueId\":\"%s\"}"
        .formatted(value, id);
  }

  private HttpResponse<String> post(String body) throws Exception {
    return post(body.getBytes(UTF_8), "X-API-KEY", key());
  }

  private HttpResponse<String> post(byte[] body, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url()).POST(BodyPublishers.ofByteArray(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), BodyHandlers.ofString(UTF_8));
  }

  /** The status of each record, with its reason where it has one. */
  private static List<String> statuses(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    String body = answer.body().strip();
    assertThat(body).startsWith("{\"records\":[").endsWith("]}");
    String array = body.substring(body.indexOf('['), body.lastIndexOf(']') + 1);
    return RecordTexts.of(array.getBytes(UTF_8)).stream()
        .map(record -> (member(record, "status") + " " + member(record, "reason")).strip())
        .toList();
  }

  private static String member(String object, String name) {
    Matcher member = Pattern.compile("\"" + name + "\":\"([^\"]*)\"").matcher(object);
    return member.find() ? member.group(1) : "";
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(text.getBytes(UTF_8));
    }
    return out.toByteArray();
  }
}
