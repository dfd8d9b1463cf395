package io.meterline.lambda;

import io.meterline.aws.AwsClients;
import io.meterline.aws.AwsCredentials;
import io.meterline.aws.AwsRetries;
import io.meterline.aws.S3Bucket;
import io.meterline.aws.S3Quarantine;
import io.meterline.aws.S3Sink;
import io.meterline.core.Limits;
import io.meterline.core.ObjectLayout;
import io.meterline.core.PartLimits;
import io.meterline.core.QuarantineLayout;
import io.meterline.core.Secret;
import io.meterline.core.delivery.AgentPorts;
import io.meterline.core.delivery.DirectAgent;
import io.meterline.core.delivery.StreamAgent;
import io.meterline.core.find.Markers;
import io.meterline.core.retry.Retries;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.crac.Context;
import org.crac.Core;
import org.crac.Resource;

/**
 * Runs both agents once before SnapStart takes its snapshot, so that what they need is loaded and
 * linked in it. They have clients of their own, which reach nothing: no object is written, and
 * nothing of the function's own clients, connections or credentials gets into the snapshot by this.
 */
final class Priming implements Resource {
  /** The caller keeps what this returns: the runtime does not. */
  static Priming register() {
    Priming priming = new Priming();
    Core.getGlobalContext().register(priming);
    return priming;
  }

  @Override
  public void beforeCheckpoint(Context<? extends Resource> context) throws IOException {
    run();
  }

  @Override
  public void afterRestore(Context<? extends Resource> context) {
    // Nothing was frozen that must be made anew.
  }

  void run() throws IOException {
    S3Bucket bucket =
        new S3Bucket(
            "priming",
            S3Bucket.DEFAULT_REGION,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            new AwsCredentials.KeyPair("priming", new Secret("priming")));
    Retries retries = Retries.system(AwsRetries.within(Duration.ZERO));
    AwsClients clients = new AwsClients(new UnconnectedHttp(), Optional.empty());
    AgentPorts ports =
        new AgentPorts(
            Markers.DEFAULT,
            Limits.DEFAULT,
            new S3Sink(bucket, ObjectLayout.CONTRACT, PartLimits.NONE, retries, clients),
            new S3Quarantine(bucket, QuarantineLayout.DEFAULT, retries, clients),
            PartLimits.NONE);
    String marker = Markers.DEFAULT.words().getFirst();
    new StreamAgent(ports).deliver(SampleEvents.kinesis(marker));
    new DirectAgent(ports).deliver(SampleEvents.direct(marker));
  }
}
