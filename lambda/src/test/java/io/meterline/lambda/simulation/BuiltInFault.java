package io.meterline.lambda.simulation;

import io.meterline.core.Batch;
import io.meterline.core.BatchId;
import io.meterline.core.Delivery;
import io.meterline.core.MeterSink;
import io.meterline.core.Quarantine;
import io.meterline.core.RecordBuffer;
import io.meterline.core.delivery.Agent;
import io.meterline.core.delivery.AgentPorts;
import io.meterline.core.delivery.AgentReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;

/** The mistakes that agents of this kind are known for, each of which the simulation must find. */
enum BuiltInFault implements Variant {
  /** The put is left for the next invocation, and this one is acknowledged. */
  ACKNOWLEDGES_BEFORE_THE_PUT {
    @Override
    public AgentPorts ports(AgentPorts ports) {
      Batch[] kept = {null};
      return with(
          ports,
          batch -> {
            Batch before = kept[0];
            kept[0] = copy(batch, batch.id());
            return before == null ? Delivery.NOTHING : ports.sink().deliver(before);
          },
          ports.quarantine());
    }
  },
  NAMES_OBJECTS_AT_RANDOM {
    @Override
    public Agent stream(AgentPorts ports, RandomGenerator random) {
      return super.stream(renamed(ports, () -> Long.toHexString(random.nextLong())), random);
    }
  },
  /** A failed put is only logged. */
  SWALLOWS_FAILED_PUTS {
    @Override
    public AgentPorts ports(AgentPorts ports) {
      return with(
          ports,
          batch -> {
            try {
              return ports.sink().deliver(batch);
            } catch (IOException e) {
              return Delivery.NOTHING;
            }
          },
          ports.quarantine());
    }
  },
  SWALLOWS_FAILED_QUARANTINE {
    @Override
    public AgentPorts ports(AgentPorts ports) {
      return with(
          ports,
          ports.sink(),
          (id, part, entries) -> {
            try {
              return ports.quarantine().keep(id, part, entries);
            } catch (IOException e) {
              return Delivery.NOTHING;
            }
          });
    }
  },
  DROPS_WHAT_IS_BAD {
    @Override
    public AgentPorts ports(AgentPorts ports) {
      return with(ports, ports.sink(), (id, part, entries) -> Delivery.NOTHING);
    }
  },
  /** The warm process sends what it sent before once more. */
  KEEPS_STATE_BETWEEN_INVOCATIONS {
    @Override
    public AgentPorts ports(AgentPorts ports) {
      RecordBuffer all = new RecordBuffer();
      return with(
          ports,
          batch -> {
            all.add(batch.records(), 0, batch.records().count());
            return ports
                .sink()
                .deliver(new Batch(batch.id(), batch.firstRecord(), all, batch.limits()));
          },
          ports.quarantine());
    }
  },
  /** The first control message ends the batch. */
  STOPS_AT_A_CONTROL_MESSAGE {
    @Override
    public Agent stream(AgentPorts ports, RandomGenerator random) {
      Agent agent = super.stream(ports, random);
      return event -> agent.deliver(Events.upToControlMessage(event));
    }
  },
  /** One bad line makes the whole batch fail, for ever. */
  THROWS_AT_A_BAD_LINE {
    @Override
    public AgentPorts ports(AgentPorts ports) {
      return with(
          ports,
          ports.sink(),
          (id, part, entries) -> {
            throw new IllegalStateException("a bad line");
          });
    }
  },
  WRITES_EMPTY_OBJECTS {
    @Override
    public Agent stream(AgentPorts ports, RandomGenerator random) {
      Agent agent = super.stream(ports, random);
      return event -> {
        AgentReport report = agent.deliver(event);
        if (report.delivered().records() == 0) {
          Events.putEmptyArray(ports.sink(), event);
        }
        return report;
      };
    }
  },
  /** A record's text changes with each try, as a new id or time makes it. */
  STAMPS_RECORDS_ANEW {
    @Override
    public Agent stream(AgentPorts ports, RandomGenerator random) {
      MeterSink stamping =
          batch -> {
            RecordBuffer stamped = new RecordBuffer();
            for (int i = 0; i < batch.records().count(); i++) {
              stamped.write(
                  batch.records().bytes(), batch.records().from(i), batch.records().to(i) - 1);
              stamped.write(",\"stamp\":\"" + random.nextInt() + "\"}");
              stamped.end();
            }
            return ports
                .sink()
                .deliver(new Batch(batch.id(), batch.firstRecord(), stamped, batch.limits()));
          };
      return super.stream(with(ports, stamping, ports.quarantine()), random);
    }
  },
  /** The name's date is that of the clock: at midnight a retry gets another name. */
  DATES_OBJECTS_BY_THE_CLOCK {
    @Override
    public Agent stream(AgentPorts ports, RandomGenerator random) {
      return super.stream(
          with(
              ports,
              batch -> {
                BatchId id = batch.id();
                long clock = id.newestArrivalMillis() + random.nextLong(86_400_000);
                return ports
                    .sink()
                    .deliver(
                        copy(
                            batch,
                            new BatchId(id.source(), id.shard(), id.first(), id.last(), clock)));
              },
              ports.quarantine()),
          random);
    }
  },
  /** Only the first object of a batch that is split is put. */
  FORGETS_LATER_PARTS {
    @Override
    public AgentPorts ports(AgentPorts ports) {
      return with(
          ports,
          batch -> batch.firstRecord() == 0 ? ports.sink().deliver(batch) : Delivery.NOTHING,
          ports.quarantine());
    }
  },
  PRINTS_WHAT_IT_SENDS {
    @Override
    public AgentPorts ports(AgentPorts ports) {
      return with(
          ports,
          batch -> {
            String first =
                new String(
                    batch.records().bytes(), 0, batch.records().to(0), StandardCharsets.UTF_8);
            throw new IOException("could not send " + first);
          },
          ports.quarantine());
    }
  };

  @Override
  public AgentPorts ports(AgentPorts ports) {
    return ports;
  }

  private static AgentPorts with(AgentPorts ports, MeterSink sink, Quarantine quarantine) {
    return new AgentPorts(ports.markers(), ports.limits(), sink, quarantine, ports.body());
  }

  private static AgentPorts renamed(AgentPorts ports, java.util.function.Supplier<String> word) {
    return with(
        ports,
        batch -> {
          BatchId id = batch.id();
          return ports
              .sink()
              .deliver(
                  copy(
                      batch,
                      new BatchId(
                          word.get(),
                          id.shard(),
                          id.first(),
                          id.last(),
                          id.newestArrivalMillis())));
        },
        ports.quarantine());
  }

  private static Batch copy(Batch batch, BatchId id) {
    RecordBuffer records = new RecordBuffer();
    records.add(batch.records(), 0, batch.records().count());
    return new Batch(id, batch.firstRecord(), records, batch.limits());
  }
}
