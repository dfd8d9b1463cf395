package io.meterline.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.meterline.aws.FaultyHttp.Fault;
import io.meterline.core.BatchPart;
import io.meterline.core.Delivery;
import io.meterline.core.MeterSink;
import io.meterline.core.PartLimits;
import io.meterline.core.Quarantine;
import io.meterline.core.Quarantined;
import io.meterline.core.Reason;
import io.meterline.core.delivery.RefusedException;
import io.meterline.testing.Batches;
import io.meterline.testing.MeterSinkContract;
import io.meterline.testing.MotoServer;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

final class SqsFifoSinkTest extends MeterSinkContract {
  private static final int LIMIT = SqsFifoQueue.DEFAULT_MESSAGE_BYTES;

  private static MotoServer moto;

  private final List<Quarantined> kept = new ArrayList<>();
  private final Quarantine quarantine =
      (id, part, entries) -> {
        kept.addAll(entries);
        return Delivery.of(true);
      };
  private TestQueue queue;

  @BeforeAll
  static void start() {
    moto = MotoServer.start();
  }

  @AfterAll
  static void stop() {
    if (moto != null) {
      moto.close();
    }
  }

  @BeforeEach
  void makeQueue() {
    queue = new TestQueue(moto.endpoint());
  }

  @Override
  protected MeterSink sink() {
    return queue.sink(LIMIT, quarantine);
  }

  @Override
  protected List<List<String>> objects() {
    return queue.objects();
  }

  @Override
  protected void breakDown(BatchPart part) {
    queue.http.breakDown(text -> text.contains(part.name()));
  }

  @Override
  protected void recover() {
    queue.http.breakDown(text -> false);
  }

  @Override
  protected boolean learnsWhatIsAlreadyThere() {
    return false;
  }

  @Test
  void messagesStayBelowTheQueuesLimitAndInOrder() throws IOException {
    sink().deliver(Batches.of(0, 5_000));
    assertThat(queue.messages()).hasSizeGreaterThan(1);
    assertThat(queue.messages()).allMatch(message -> message.body().length() <= LIMIT);
    assertThat(queue.objects().stream().flatMap(List::stream)).isEqualTo(Batches.records(0, 5_000));
  }

  @Test
  void aMessageCarriesItsPartsNameAndAGroupThatSaysNothingOfCustomers() throws IOException {
    sink().deliver(Batches.of(0, 3));
    Message message = queue.messages().getFirst();
    assertThat(message.attributes())
        .containsEntry(MessageSystemAttributeName.MESSAGE_GROUP_ID, "meterline")
        .containsEntry(
            MessageSystemAttributeName.MESSAGE_DEDUPLICATION_ID,
            Batches.of(0, 3).parts(PartLimits.NONE).getFirst().name());
  }

  @Test
  void aLostAnswerIsAskedForAgainAndTheMessageIsThereOnce() throws IOException {
    queue.http.next(new Fault.LostAnswer());
    sink().deliver(Batches.of(0, 3));
    assertThat(queue.http.requests()).hasSize(2);
    assertThat(queue.objects()).containsExactly(Batches.records(0, 3));
  }

  @Test
  void aRecordThatNoMessageCanCarryGoesToQuarantineAloneAndOrderIsKept() throws IOException {
    List<String> records = new ArrayList<>(Batches.records(0, 5));
    String huge = Batches.record(9).replace("r9", "r".repeat(2_000));
    records.add(2, huge);
    Delivery delivery =
        queue.sink(1_024, quarantine).deliver(Batches.of(Batches.id(0), records, PartLimits.NONE));
    assertThat(delivery.refused()).isEqualTo(1);
    assertThat(kept)
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.reason()).isEqualTo(Reason.REFUSED);
              assertThat(entry.detail()).contains("do not fit in a message of 1024 bytes");
            });
    assertThat(queue.objects().stream().flatMap(List::stream)).isEqualTo(Batches.records(0, 5));
  }

  @Test
  void aRecordWithACharacterThatNoMessageMayHoldIsIsolated() throws IOException {
    Fault refusal =
        new Fault.Answer(
            400,
            "{\"__type\":\"com.amazonaws.sqs#InvalidMessageContents\",\"message\":\"U+FFFF\"}");
    // All four, then the first alone.
    queue.http.next(2, refusal);
    sink().deliver(Batches.of(0, 4));
    assertThat(kept).singleElement().satisfies(e -> assertThat(e.detail()).contains("U+FFFF"));
    assertThat(queue.objects().stream().flatMap(List::stream))
        .containsExactlyInAnyOrderElementsOf(Batches.records(1, 3));
  }

  @Test
  void theOnlyRecordOfABatchMayHoldSuchACharacter() throws IOException {
    queue.http.next(
        new Fault.Answer(
            400,
            "{\"__type\":\"com.amazonaws.sqs#InvalidMessageContents\",\"message\":\"U+FFFF\"}"));
    assertThat(sink().deliver(Batches.of(0, 1)).refused()).isEqualTo(1);
  }

  @Test
  void aParameterThatIsRefusedForEveryRecordIsAWrongSetting() {
    queue.http.next(
        4,
        new Fault.Answer(
            400, "{\"__type\":\"InvalidParameterValueException\",\"message\":\"MessageGroupId\"}"));
    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(() -> sink().deliver(Batches.of(0, 3)))
        .withMessageContaining(
            ".fifo: answers 400 InvalidParameterValueException \"MessageGroupId\"")
        .withMessageContaining("none of 3 records in the batch was accepted");
    assertThat(kept).isEmpty();
  }

  @Test
  void aForbiddenSendNamesQueueAndPermission() {
    queue.http.next(
        new Fault.Answer(403, "{\"__type\":\"AccessDeniedException\",\"message\":\"no\"}"));
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> sink().deliver(Batches.of(0, 3)))
        .withMessageContaining(queue.queue(LIMIT).url().toString())
        .withMessageContaining("the credentials need sqs:SendMessage on it");
    assertThat(kept).isEmpty();
  }

  @Test
  void aMissingQueueIsSaidToBeMissing() {
    SqsFifoQueue there = queue.queue(LIMIT);
    SqsFifoQueue missing =
        new SqsFifoQueue(
            URI.create(there.url().toString().replaceFirst("[^/]+$", "nobody.fifo")),
            there.region(),
            there.endpoint(),
            there.group(),
            LIMIT,
            there.credentials());
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> queue.sink(missing, quarantine).deliver(Batches.of(0, 3)))
        .withMessageContaining("nobody.fifo")
        .withMessageContaining("it is not there");
    assertThat(kept).isEmpty();
  }
}
