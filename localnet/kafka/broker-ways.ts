/** What this machine has that could run a broker. */
export type Machine = {
  javaMajor: number | null;
  hasMaven: boolean;
  /** The broker's jars were fetched before. */
  hasJars: boolean;
  hasDocker: boolean;
  isRoot: boolean;
  hasApt: boolean;
};

export type BrokerWay = "java" | "docker" | "apt";

const oldestJava = 17;

/** The ways to a broker that this machine offers, the best first. */
export function brokerWays(machine: Machine): BrokerWay[] {
  const hasJava = machine.javaMajor !== null && machine.javaMajor >= oldestJava;
  const canUseJava = hasJava && (machine.hasJars || machine.hasMaven);
  const canInstall = machine.isRoot && machine.hasApt && !canUseJava;
  return [
    ...(canUseJava ? (["java"] as const) : []),
    ...(machine.hasDocker ? (["docker"] as const) : []),
    ...(canInstall ? (["apt"] as const) : []),
  ];
}

/** Major version in the output of `java -version`: "17.0.15" is 17, "1.8.0_402" is 8. */
export function javaMajorOf(output: string): number | null {
  const found = /version "(?:1\.)?(\d+)/.exec(output);
  return found ? Number(found[1]) : null;
}

/** What a person can do when no way led to a broker. */
export function noBrokerMessage(machine: Machine, failures: readonly string[]): string {
  const java = machine.javaMajor === null ? "no Java" : `Java ${machine.javaMajor}`;
  const maven = machine.hasMaven ? "Maven" : "no Maven";
  const docker = machine.hasDocker ? "Docker" : "no running Docker";
  return [
    `No Kafka broker could be started (found: ${java}, ${maven}, ${docker}).`,
    ...failures.map((failure) => `  tried: ${failure}`),
    "Any one of these is enough:",
    "  - set KAFKA_BROKERS=host:port to a broker that you have",
    `  - install Java ${oldestJava} or newer and Maven (Debian, Ubuntu: apt-get install default-jre-headless maven)`,
    "  - start Docker: the image apache/kafka is used",
    "  - run once as root on Debian or Ubuntu: Java and Maven are then installed for you",
  ].join("\n");
}
