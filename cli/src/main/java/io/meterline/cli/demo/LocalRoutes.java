package io.meterline.cli.demo;

import io.meterline.aws.AwsCredentials;
import io.meterline.aws.SqsFifoQueue;
import io.meterline.aws.SqsFifoSink;
import io.meterline.core.MeterSink;
import io.meterline.core.Quarantine;
import io.meterline.core.Secret;
import io.meterline.core.delivery.RefusalPolicy;
import io.meterline.core.http.HttpReceiver;
import io.meterline.core.http.HttpSink;
import io.meterline.core.retry.Retries;
import io.meterline.core.retry.RetrySchedule;
import io.meterline.core.retry.TryAgainException;
import io.meterline.demo.MeterRecord;
import io.meterline.demo.MeteringRoute;
import io.meterline.demo.Route;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The routes of the API on this machine: the sinks are those that a deployment has. */
final class LocalRoutes {
  /** Sooner than the contract asks of senders: the receiver is this process. */
  private static final RetrySchedule SOON =
      RetrySchedule.doubling(
          Duration.ofMillis(20), Duration.ofMillis(500), 60, Duration.ofSeconds(25));

  private static final RefusalPolicy REFUSALS =
      new RefusalPolicy.Fail("The demo's own receiver is at fault.");

  private LocalRoutes() {}

  static Map<MeteringRoute, Route> of(
      Receivers receivers,
      Quarantine quarantine,
      Chaos chaos,
      Consumer<MeterRecord> log,
      String destination) {
    Retries retries = Retries.system(SOON);
    MeterSink api =
        new HttpSink(
            HttpReceiver.of(receivers.ingestUrl(), Optional.of(Receivers.API_KEY)),
            quarantine,
            retries,
            REFUSALS);
    MeterSink sqs = new SqsFifoSink(queue(receivers), quarantine, retries, REFUSALS);
    Map<MeteringRoute, Route> routes = new EnumMap<>(MeteringRoute.class);
    for (MeteringRoute way : MeteringRoute.values()) {
      routes.put(
          way,
          switch (way) {
            case DIRECT_API -> Route.to(api, destination);
            case DIRECT_S3 -> Route.to(again(chaos.over(receivers.bucket()), retries), destination);
            case DIRECT_SQS -> Route.to(sqs, destination);
            case CW_SUBSCRIBER, STREAM_SUBSCRIBER -> Route.logged(log, destination);
          });
    }
    return routes;
  }

  private static SqsFifoQueue queue(Receivers receivers) {
    return new SqsFifoQueue(
        receivers.queueUrl(),
        "us-west-2",
        Optional.of(receivers.sqsEndpoint()),
        SqsFifoQueue.DEFAULT_GROUP,
        SqsFifoQueue.DEFAULT_MESSAGE_BYTES,
        new AwsCredentials.KeyPair("demo", new Secret("demo")));
  }

  /** A folder has no slow-downs to wait for by itself, as the sink of a bucket has. */
  private static MeterSink again(MeterSink sink, Retries retries) {
    return batch ->
        retries.call(
            () -> {
              try {
                return sink.deliver(batch);
              } catch (ChaosException e) {
                throw new TryAgainException(String.valueOf(e.getMessage()), e);
              }
            });
  }
}
