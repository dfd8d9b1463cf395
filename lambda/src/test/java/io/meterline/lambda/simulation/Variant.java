package io.meterline.lambda.simulation;

import io.meterline.core.delivery.Agent;
import io.meterline.core.delivery.AgentPorts;
import io.meterline.core.delivery.DirectAgent;
import io.meterline.core.delivery.StreamAgent;
import java.util.random.RandomGenerator;

/** How the agents under test are put together: as they are, or with a fault built in. */
interface Variant {
  /** The agents as they are. */
  Variant HONEST = ports -> ports;

  /** What the agents work with in place of {@code ports}. */
  AgentPorts ports(AgentPorts ports);

  default Agent stream(AgentPorts ports, RandomGenerator random) {
    return new StreamAgent(ports(ports));
  }

  default Agent direct(AgentPorts ports, RandomGenerator random) {
    return new DirectAgent(ports(ports));
  }
}
