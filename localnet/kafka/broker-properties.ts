export type BrokerAddress = {
  /** Interface that the broker binds: loopback, or 0.0.0.0 inside a container. */
  host: string;
  port: number;
  controllerPort: number;
  /** What clients are told to connect to. */
  advertised: string;
};

/** One broker in KRaft mode that is its own controller. Replication is 1; records are kept for a day. */
export function brokerProperties(address: BrokerAddress, dataDirectory: string): Record<string, string> {
  return {
    "process.roles": "broker,controller",
    "node.id": "1",
    "controller.quorum.voters": `1@127.0.0.1:${address.controllerPort}`,
    listeners: `PLAINTEXT://${address.host}:${address.port},CONTROLLER://127.0.0.1:${address.controllerPort}`,
    "advertised.listeners": `PLAINTEXT://${address.advertised}`,
    "controller.listener.names": "CONTROLLER",
    "listener.security.protocol.map": "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT",
    "inter.broker.listener.name": "PLAINTEXT",
    "log.dirs": dataDirectory,
    "offsets.topic.replication.factor": "1",
    "offsets.topic.num.partitions": "8",
    "transaction.state.log.replication.factor": "1",
    "transaction.state.log.min.isr": "1",
    "transaction.state.log.num.partitions": "4",
    "share.coordinator.state.topic.replication.factor": "1",
    "share.coordinator.state.topic.min.isr": "1",
    "group.initial.rebalance.delay.ms": "0",
    // After a crash the broker waits until its former self is counted as gone.
    "broker.heartbeat.interval.ms": "1000",
    "broker.session.timeout.ms": "5000",
    "auto.create.topics.enable": "false",
    "message.max.bytes": "16777216",
    "log.segment.bytes": "67108864",
    "log.retention.hours": "24",
    "log.retention.check.interval.ms": "60000",
    "log.cleaner.dedupe.buffer.size": "16777216",
    "num.network.threads": "2",
    "num.io.threads": "4",
  };
}

export function asPropertiesFile(properties: Readonly<Record<string, string>>): string {
  return `${Object.entries(properties)
    .map(([name, value]) => `${name}=${value}`)
    .join("\n")}\n`;
}

/** The image apache/kafka takes each property as an environment variable. */
export function asContainerEnvironment(properties: Readonly<Record<string, string>>): string[] {
  return Object.entries(properties).map(
    ([name, value]) => `KAFKA_${name.replaceAll(".", "_").toUpperCase()}=${value}`,
  );
}
