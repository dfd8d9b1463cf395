package io.meterline.core;

import static java.util.Objects.requireNonNull;

import io.meterline.core.json.JsonText;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** What could not be delivered, with its reason and all that is needed to try it again. */
public sealed interface Quarantined {
  /** Why it is here. */
  Reason reason();

  /** What was wrong, for a person. */
  String detail();

  /** One JSON object in UTF-8, without a line end. */
  byte[] toJson();

  /**
   * A record that was refused, with the whole log event that it is in.
   *
   * @param eventId the log event's id, empty where it has none
   * @param timestamp the log event's time in epoch milliseconds, null where it has none
   * @param message the log event's message in UTF-8, as it was logged
   */
  @SuppressWarnings("ArrayRecordComponent") // Shared by all entries of an event; never compared.
  record BadRecord(
      Reason reason,
      String detail,
      Origin origin,
      String eventId,
      @Nullable Long timestamp,
      byte[] message)
      implements Quarantined {
    public BadRecord {
      requireNonNull(reason, "reason is null");
      requireNonNull(detail, "detail is null");
      requireNonNull(origin, "origin is null");
      requireNonNull(eventId, "eventId is null");
      requireNonNull(message, "message is null");
    }

    @Override
    public byte[] toJson() {
      JsonText json =
          head(reason, detail, origin)
              .member("eventId", eventId)
              .literal("timestamp", String.valueOf(timestamp))
              .member("message", message);
      if (!JsonText.isUtf8(message)) {
        json.member("messageBytes", Base64.getEncoder().encode(message));
      }
      return json.end();
    }
  }

  /**
   * A payload that could not be opened, or what was left of it when the readable part was taken.
   *
   * @param sequenceNumber the Kinesis record's sequence number, empty where it came another way
   * @param payload its bytes: base64 in the JSON object
   */
  @SuppressWarnings("ArrayRecordComponent") // As large as a payload; never compared.
  record BadPayload(
      Reason reason, String detail, Origin origin, String sequenceNumber, byte[] payload)
      implements Quarantined {
    public BadPayload {
      requireNonNull(reason, "reason is null");
      requireNonNull(detail, "detail is null");
      requireNonNull(origin, "origin is null");
      requireNonNull(sequenceNumber, "sequenceNumber is null");
      requireNonNull(payload, "payload is null");
    }

    @Override
    public byte[] toJson() {
      return head(reason, detail, origin)
          .member("sequenceNumber", sequenceNumber)
          .member("payload", Base64.getEncoder().encode(payload))
          .end();
    }
  }

  private static JsonText head(Reason reason, String detail, Origin origin) {
    return new JsonText()
        .member("reason", reason.word())
        .member("detail", detail)
        .member("owner", origin.owner())
        .member("logGroup", origin.logGroup())
        .member("logStream", origin.logStream());
  }
}
