import type { Clock } from "../kernel/clock.ts";
import type { Actor } from "../kernel/roles.ts";
import type { AgentSecrets } from "./agent-secrets.ts";
import type { ChainIndex } from "./chain-index.ts";
import type { ContentStore } from "./content-store.ts";
import type { Database } from "./database.ts";
import type { Grafana } from "./grafana.ts";
import type { IdentityProvider } from "./identity-provider.ts";
import type { Logger } from "./logger.ts";
import type { Mailer } from "./mailer.ts";
import type { NodeProbe } from "./node-probe.ts";
import type { ObjectStore } from "./object-store.ts";
import type { Outbound } from "./outbound.ts";
import type { Prometheus } from "./prometheus.ts";
import type { Self } from "./self.ts";
import type { Vault } from "./vault.ts";

/** The outside world, in our words. Built once in `server/deps.ts`. */
export type Deps = {
  agentSecrets: AgentSecrets;
  chainIndex: ChainIndex;
  contentStore: ContentStore;
  grafana: Grafana;
  /** Null where none is configured. */
  identityProvider: IdentityProvider | null;
  mailer: Mailer;
  nodeProbe: NodeProbe;
  outbound: Outbound;
  objectStore: ObjectStore;
  /** Null where none is configured. */
  prometheus: Prometheus | null;
  self: Self;
  vault: Vault;
};

/** What every verb gets, the same from tRPC, ingest, HTTP and tests. */
export type Ctx = {
  actor: Actor;
  db: Database;
  deps: Deps;
  clock: Clock;
  log: Logger;
  requestId: string;
  /** Where the request came from; null for the system itself. */
  address: string | null;
};
