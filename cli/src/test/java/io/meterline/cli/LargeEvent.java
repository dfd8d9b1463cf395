package io.meterline.cli;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;

/** A Kinesis event as large as Lambda takes: close to 6 MiB. */
final class LargeEvent {
  private static final int PAYLOADS = 100;
  private static final int EVENTS = 400;

  private LargeEvent() {}

  /** 40,000 records, with a dimension of noise that gzip can't make small. */
  static byte[] of40000Records() {
    Random random = new Random(40_000);
    List<byte[]> payloads = new ArrayList<>();
    for (int payload = 0; payload < PAYLOADS; payload++) {
      List<String> messages = new ArrayList<>();
      for (int event = 0; event < EVENTS; event++) {
        byte[] noise = new byte[96];
        random.nextBytes(noise);
        messages.add(
            "meter_record_for_stream {\"meterApiName\":\"api-calls\",\"customerId\":\"c%d\",\"meterValue\":1,\"dimensions\":{\"noise\":\"%s\"}}"
                .formatted(event % 10, Base64.getEncoder().encodeToString(noise)));
      }
      payloads.add(Material.gzip(Material.payload(messages, payload * EVENTS)));
    }
    return Material.kinesisEvent(payloads);
  }
}
