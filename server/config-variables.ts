import { type Binding, bindings, topicsVariable } from "./kernel/bindings.ts";
import { type NetworkName, networkNames } from "./kernel/networks.ts";
import { type IndexerFamily, indexerFamilies } from "./ports/chain-index.ts";

/** One variable that the console knows, and what it is when it is not set. */
type Variable = { name: string; about: string; secret: boolean; fallback: string | null };

const shown = (name: string, fallback: string | null, about: string): Variable => ({
  name,
  about,
  secret: false,
  fallback,
});
const hidden = (name: string, about: string): Variable => ({ name, about, secret: true, fallback: null });
const topicsOf = ({ topic, isPerNetwork }: Binding) =>
  isPerNetwork ? `mainnet:${topic},testnet:${topic}.testnet,devnet:${topic}.devnet` : topic;
const aboutTopics = ({ about, isPerNetwork }: Binding) =>
  `${about}, as ${isPerNetwork ? "network:topic" : "topic"} with commas between`;

/** All of them, in the order of the settings page. */
export const variables: readonly Variable[] = [
  shown("NODE_ENV", "production", "production, development or test"),
  shown("ROLES", "web,ingest", "What this process does: web, ingest or both"),
  shown("HOST", "0.0.0.0", "Address to listen on"),
  shown("PORT", "3000", "Port of pages, API, live socket, health and metrics"),
  shown("BASE_URL", null, "Address that people open; default http://localhost:<PORT>"),
  hidden("DATABASE_URL", "The console's own PostgreSQL"),
  shown("KAFKA_BROKERS", null, "Comma-separated host:port"),
  shown("KAFKA_CONSUMER_GROUP", "console-ingest", "Consumer group of the ingest role"),
  ...bindings.map((binding) => shown(topicsVariable(binding.name), topicsOf(binding), aboutTopics(binding))),
  shown("KAFKA_DEAD_LETTERS_TOPIC", "console.dead-letters", "Where records go that cannot be read"),
  shown("KAFKA_AGENTS_DESIRED_TOPIC", "cef.agents.desired", "Where runtimes read what to run; compacted"),
  shown(
    "KAFKA_REPLAY_REQUESTS_TOPIC",
    "cef.agents.replay-requests",
    "Where runtimes read which replays to run",
  ),
  ...networkNames.flatMap((network) =>
    indexerFamilies.map((family) =>
      hidden(indexerVariable(network, family), `The ${family} indexer database of ${network}`),
    ),
  ),
  shown(
    "AGENT_SECRETS_KEYS",
    null,
    "environment:key pairs; public X25519 keys (base64url) of runtimes, for which secrets of agents are sealed",
  ),
  hidden(
    "AUDIT_SIGNING_SECRET",
    "Signs the daily anchors of the audit chain (Ed25519); at least 32 characters",
  ),
  hidden("AUTH_SECRET", "Signs sessions; at least 32 characters"),
  shown("EXPORTS_DIR", ".local/exports", "Folder of exported files; shared by all web replicas"),
  shown("EXPORTS_MAX_MB", "20480", "Space for exported files; one file may take a quarter of it"),
  shown("GRAFANA_URL", null, "Where Grafana is reached from here; people never see this address"),
  shown(
    "GRAFANA_PUBLIC_HOST",
    null,
    "Grafana's frames are served at <network>.<this host>; point *.<this host> here",
  ),
  shown("GRAFANA_ORGS", "mainnet:1", "Grafana's organisation of each network, as network:id pairs"),
  shown("OBJECTS_DIR", ".local/objects", "Folder of agents' bundles; shared by all roles and replicas"),
  shown("S3_BUCKET", null, "Bucket of agents' bundles, in place of the folder"),
  shown("S3_ENDPOINT", null, "Address of an S3 that is not AWS; buckets are named in its paths"),
  shown("S3_REGION", null, "Region of the bucket; us-east-1 if not given"),
  shown("S3_PREFIX", null, "Before the key of every object, such as console/"),
  shown("S3_ACCESS_KEY_ID", null, "Key of the bucket; without one, the role or profile of the machine"),
  hidden("S3_SECRET_ACCESS_KEY", "Secret of that key"),
  shown("OIDC_ISSUER", null, "Address of an OpenID Connect provider that people may sign in with"),
  shown("OIDC_NAME", "single sign-on", "How people know that provider"),
  shown(
    "OIDC_CLIENT_ID",
    null,
    "The console's client id there; redirect URI <BASE_URL>/api/auth/oidc/callback",
  ),
  hidden("OIDC_CLIENT_SECRET", "The console's client secret there"),
  shown("OIDC_ROLES_CLAIM", "groups", "The claim that roles are made from"),
  shown("OIDC_ROLE_MAP", "", "value=role[:network][:environment] pairs, such as ops=operator:mainnet"),
  hidden("SMTP_URL", "Server for mail, smtp:// or smtps:// with user and password"),
  shown("SMTP_FROM", "console@localhost", "Sender of mail"),
  shown(
    "PROMETHEUS_URL",
    null,
    "A Prometheus that scrapes node-exporter beside DDC nodes: it tells of machines whose nodes send no telemetry",
  ),
  shown("PROBE_ALLOW", "", "CIDRs and hosts that a node probe may reach although they are not public"),
  hidden("ALERTMANAGER_URLS", "Alertmanagers as network:http(s)://…, commas between"),
  shown("NOTIFY_ALLOW", "", "CIDRs and hosts that notifications may go to although they are not public"),
  shown("TRUSTED_PROXIES", "", "CIDRs of reverse proxies whose X-Forwarded-For is believed"),
  hidden("METRICS_TOKEN", "Bearer token that /metrics asks for"),
  shown("LOG_LEVEL", "info", "debug, info, warn or error"),
  shown("OTEL_EXPORTER_OTLP_ENDPOINT", null, "Where traces go, by OTLP over HTTP"),
  hidden("SENTRY_DSN", "Where unexpected errors go"),
  shown("COMMIT", null, "Commit that this build was made from"),
];

export function indexerVariable(network: NetworkName, family: IndexerFamily): string {
  return `INDEXER_${network.toUpperCase()}_${family.toUpperCase()}_URL`;
}
