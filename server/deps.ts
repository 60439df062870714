import { buildAgentSecrets } from "./adapters/auth/agent-secrets.ts";
import { openIdentityProvider } from "./adapters/auth/identity-provider.ts";
import { buildSessionIssuer } from "./adapters/auth/session-issuer.ts";
import { buildVault } from "./adapters/auth/vault.ts";
import { openNodeProbe } from "./adapters/ddc/node-probe.ts";
import { openContentStore } from "./adapters/ddc/open-content-store.ts";
import { openArtefacts } from "./adapters/files/open-artefacts.ts";
import { openFolderStore } from "./adapters/files/open-folder-store.ts";
import { grafanaKeyOf } from "./adapters/grafana/grafana-key.ts";
import { grafanaSitesOf } from "./adapters/grafana/grafana-sites.ts";
import { openGrafana } from "./adapters/grafana/open-grafana.ts";
import { openOutbound } from "./adapters/http/open-outbound.ts";
import { openChainIndex } from "./adapters/indexer/chain-index.ts";
import { openEventLog } from "./adapters/kafka/open-event-log.ts";
import { openDatabase } from "./adapters/postgres/database.ts";
import { electionOver } from "./adapters/postgres/election.ts";
import { openBulkStore } from "./adapters/postgres/open-bulk-store.ts";
import { openPrometheus } from "./adapters/prometheus/open-prometheus.ts";
import { openS3Store } from "./adapters/s3/open-s3-store.ts";
import { buildMailer } from "./adapters/smtp/mailer.ts";
import { type Config, ownConfiguration } from "./config.ts";
import { bindingNames } from "./kernel/bindings.ts";
import { systemClock } from "./kernel/clock.ts";
import type { Running } from "./kernel/lifecycle.ts";
import type { Artefacts } from "./ports/artefacts.ts";
import type { BulkStore } from "./ports/bulk-store.ts";
import type { Deps } from "./ports/ctx.ts";
import type { Database } from "./ports/database.ts";
import type { Election } from "./ports/election.ts";
import type { EventLog } from "./ports/event-log.ts";
import type { GrafanaKey } from "./ports/grafana.ts";
import type { Logger } from "./ports/logger.ts";
import type { ObjectStore } from "./ports/object-store.ts";
import type { Outbound } from "./ports/outbound.ts";
import type { Self } from "./ports/self.ts";
import type { SessionIssuer } from "./ports/session-issuer.ts";

const connections = { web: 12, ingest: 10 };

/** Builds the adapters behind the ports; connections open when they are first used. */
export function openDeps(config: Config, log: Logger): { db: Database; deps: Deps } & Running {
  const db = openDatabase({
    connectionString: config.databaseUrl,
    maxConnections: config.roles.reduce((sum, role) => sum + connections[role], 0),
    applicationName: `console-${config.roles.join("-")}`,
  });
  const chainIndex = openChainIndex(config.indexers);
  const stop = async () => {
    await chainIndex.close();
    await db.close();
  };
  const nodeProbe = openNodeProbe({ allow: config.probeAllow });
  const contentStore = openContentStore({ allow: config.probeAllow });
  const sites = grafanaSitesOf({ ...config.grafana, baseUrl: config.baseUrl });
  const grafana = openGrafana({ url: config.grafana.url, sites, clock: systemClock });
  const outbound = openOutbound({ allow: config.notifyAllow });
  return {
    db,
    deps: {
      agentSecrets: buildAgentSecrets(config.agentSecretsKeys),
      chainIndex,
      contentStore,
      grafana,
      nodeProbe,
      objectStore: openObjects(config.objects),
      outbound,
      prometheus: prometheusOf(config),
      self: selfOf(config),
      ...identityDeps(config, log),
    },
    stop,
  };
}

function openObjects({ folder, s3 }: Config["objects"]): ObjectStore {
  return s3 ? openS3Store(s3) : openFolderStore(folder);
}

/** It may be called wherever it stands: the configuration names it, no person does. */
function prometheusOf({ prometheusUrl: url }: Config): Deps["prometheus"] {
  return url && openPrometheus({ url, outbound: openOutbound({ allow: [url.hostname] }) });
}

function identityDeps(config: Config, log: Logger): Pick<Deps, "identityProvider" | "mailer" | "vault"> {
  const { identityProvider: provider, smtp, authSecret, baseUrl } = config;
  const redirectUri = new URL("/api/auth/oidc/callback", baseUrl);
  return {
    identityProvider: provider && openIdentityProvider({ ...provider, redirectUri, log }),
    mailer: buildMailer(smtp),
    vault: buildVault(authSecret),
  };
}

/** Only the web role signs people in. */
export function openSessionIssuer(config: Config, db: Database, log: Logger): SessionIssuer {
  return buildSessionIssuer({ prisma: db.prisma, secret: config.authSecret, baseUrl: config.baseUrl, log });
}

/** Signs for Grafana; another AUTH_SECRET makes another key. */
export function openGrafanaKey({ authSecret }: Config): GrafanaKey {
  return grafanaKeyOf(authSecret);
}

/** Files that people export: written and given away by the web role. */
export function openExportFiles({ exports }: Config): Artefacts {
  return openArtefacts(exports.folder);
}

/** Calls of addresses that the configuration names, and of no others that are not public. */
export function openConfiguredCalls({ alertmanagers }: Config): Outbound {
  return openOutbound({ allow: alertmanagers.map(({ url }) => url.hostname) });
}

/** For the jobs that only one of all processes does. */
export function openElection(config: Config, log: Logger): Election {
  return electionOver({ connectionString: config.databaseUrl, log });
}

/** Kafka, and the connection on which its records are written. */
export function openIngestDoors(config: Config, log: Logger): { eventLog: EventLog; store: BulkStore } {
  const { brokers } = config.kafka;
  return {
    eventLog: openEventLog({ brokers, clientId: "cere-console", log, clock: systemClock }),
    store: openBulkStore({ connectionString: config.databaseUrl, applicationName: "console-ingest-writer" }),
  };
}

function selfOf({ release, kafka, baseUrl }: Config): Self {
  const bindings = bindingNames.flatMap((binding) =>
    kafka.topics[binding].map(({ network, topic }) => ({ binding, network, topic })),
  );
  return { ...release, baseUrl: baseUrl.href, bindings, configuration: ownConfiguration(), health: () => [] };
}
