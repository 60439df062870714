import { z } from "zod";
import manifest from "../package.json" with { type: "json" };
import { agentSecretsKeysSchema } from "./agent-secrets-keys.ts";
import { type AlertmanagerAddress, alertmanagerPairsSchema } from "./alertmanager-pairs.ts";
import { indexerVariable, variables } from "./config-variables.ts";
import { grafanaOrgsSchema } from "./grafana-orgs.ts";
import { type BindingName, bindings, byBinding, topicsVariable } from "./kernel/bindings.ts";
import { type NetworkName, networkByName, networkNames } from "./kernel/networks.ts";
import type { Grant } from "./kernel/roles.ts";
import { type IndexerFamily, indexerFamilies } from "./ports/chain-index.ts";
import { roleMapSchema } from "./role-map.ts";
import { missingForS3, type S3Config, s3ConfigOf, s3Variables } from "./s3-variables.ts";

export const roleNames = ["web", "ingest"] as const;
export type RoleName = (typeof roleNames)[number];

/** A topic that belongs to no network has null. */
export type TopicBinding = { network: NetworkName | null; topic: string };
export type IndexerSource = {
  network: NetworkName;
  family: IndexerFamily;
  connectionString: string;
  schema: string;
};

export type Config = {
  mode: "production" | "development" | "test";
  roles: readonly RoleName[];
  host: string;
  port: number;
  baseUrl: URL;
  databaseUrl: string;
  kafka: {
    brokers: readonly string[];
    consumerGroup: string;
    topics: Readonly<Record<BindingName, readonly TopicBinding[]>>;
    deadLettersTopic: string;
    desiredStateTopic: string;
    replayRequestsTopic: string;
  };
  indexers: readonly IndexerSource[];
  /** By environment: the public key for which secrets of agents are sealed there. */
  agentSecretsKeys: ReadonlyMap<string, string>;
  /** Null: anchors of the audit chain are not signed. */
  auditSigningSecret: string | null;
  authSecret: string;
  /** Where files are kept that people export, and how large they may be together. */
  exports: { folder: string; maxBytes: number };
  grafana: GrafanaConfig;
  /** Where bundles of agents are kept: in S3, if that is given. */
  objects: { folder: string; s3: S3Config | null };
  /** Null: no button for it on the sign-in page. */
  identityProvider: ProviderConfig | null;
  /** Null: no mail is sent, and pages say so. */
  smtp: { url: string; from: string } | null;
  /** CIDRs and host names that a probe may reach although they are not public. */
  probeAllow: readonly string[];
  /** Alertmanagers to read from and to tell of silences; what they hold belongs to the network. */
  alertmanagers: readonly AlertmanagerAddress[];
  /** CIDRs and host names that a notification may go to although they are not public. */
  notifyAllow: readonly string[];
  /** CIDRs of reverse proxies whose X-Forwarded-For is believed. */
  trustedProxies: readonly string[];
  metricsToken: string | null;
  logLevel: "debug" | "info" | "warn" | "error";
  otlpEndpoint: string | null;
  /** A Prometheus that scrapes node-exporters beside DDC nodes; null: what a node does not report is not known. */
  prometheusUrl: URL | null;
  sentryDsn: string | null;
  /** What runs here, for the status bar. */
  release: { version: string; commit: string | null };
};

export type GrafanaConfig = {
  /** Where Grafana is reached, loopback or a private network; null: dashboards are drawn by the console alone. */
  url: URL | null;
  /** Frames of a network are served at <network>.<publicHost>; null: nothing of Grafana is shown. */
  publicHost: string | null;
  /** Grafana's organisation of each network that has one. */
  orgs: ReadonlyMap<NetworkName, number>;
};

export type ProviderConfig = {
  name: string;
  issuer: URL;
  clientId: string;
  clientSecret: string;
  rolesClaim: string;
  roleMap: ReadonlyMap<string, readonly Grant[]>;
};

/** One line of the settings page. Of a secret that is an address, `value` is the part without names and passwords. */
export type ConfigEntry = {
  variable: string;
  about: string;
  isSecret: boolean;
  value: string | null;
  source: "environment" | "default" | "not set";
};

export type Environment = Readonly<Record<string, string | undefined>>;

/** What is wrong with the environment: every variable at once, never a secret's value. */
export class ConfigError extends Error {
  readonly problems: readonly string[];
  constructor(problems: readonly string[]) {
    super(`The configuration is not usable:\n${problems.map((problem) => `  - ${problem}`).join("\n")}`);
    this.name = "ConfigError";
    this.problems = problems;
  }
}

/** The only reader of the process environment; `--roles=web,ingest` on the command line wins over ROLES. */
export function loadConfig(argv: readonly string[] = process.argv.slice(2)): Config {
  return readConfig(withArguments(process.env, argv));
}

/** The environment as it is, for a child process. */
export function inheritedEnvironment(): NodeJS.ProcessEnv {
  return process.env;
}

export function readConfig(environment: Environment): Config {
  const given = withoutBlanks(environment);
  const problems: string[] = [];
  const parsed = schema.safeParse(given);
  const topics = topicsSchema.safeParse(given);
  const issues = [...(parsed.error?.issues ?? []), ...(topics.error?.issues ?? [])];
  problems.push(...issues.map((issue) => describeIssue(issue, given)));
  const indexers = readIndexers(given, problems);
  problems.push(...missingForRoles(given), ...missingForProvider(given), ...missingForS3(given));
  if (!parsed.success || !topics.success || problems.length > 0) throw new ConfigError(problems);
  return toConfig(
    parsed.data,
    byBinding((name) => topics.data[topicsVariable(name)] ?? []),
    indexers,
  );
}

/** What this process was started with. */
export function ownConfiguration(): ConfigEntry[] {
  return describeConfig(process.env);
}

/** For the settings page. */
export function describeConfig(environment: Environment): ConfigEntry[] {
  const given = withoutBlanks(environment);
  return variables.map(({ name, about, secret, fallback }) => {
    const value = given[name] ?? fallback ?? null;
    const source = given[name] !== undefined ? "environment" : value === null ? "not set" : "default";
    return {
      variable: name,
      about,
      isSecret: secret,
      value: secret ? publicPart(value) : masked(value),
      source,
    };
  });
}

/** Host, database and schema of a database's address, so that a person sees which one it is; null for any other secret. */
function publicPart(value: string | null): string | null {
  if (value === null || !/^postgres(ql)?:/.test(value) || !URL.canParse(value)) return null;
  const { host, pathname, searchParams } = new URL(value);
  const schemaName = searchParams.get("schema");
  return `${host}${pathname}${schemaName === null ? "" : `, schema ${schemaName}`}`;
}

/** Some addresses carry a name and a password, although they are not meant to be secrets. */
function masked(value: string | null): string | null {
  return value?.replace(/(:\/\/)[^/@\s]+@/g, "$1***@") ?? null;
}

export function withArguments(environment: Environment, argv: readonly string[]): Environment {
  const roles = argv.find((argument) => argument.startsWith("--roles="));
  return roles ? { ...environment, ROLES: roles.slice("--roles=".length) } : environment;
}

const fallbackOf = (name: string) => variables.find((variable) => variable.name === name)?.fallback ?? "";
const list = z
  .string()
  .transform((text) => text.split(",").flatMap((part) => (part.trim() === "" ? [] : [part.trim()])));
const withFallback = <T extends z.ZodType<unknown, string>>(name: string, type: T) =>
  z.string().default(fallbackOf(name)).pipe(type);
const allTopics = list.transform((names): TopicBinding[] => names.map((topic) => ({ network: null, topic })));
const networkTopics = list.pipe(
  z.array(
    z
      .templateLiteral([z.enum(networkNames), ":", z.string().min(1)], "must be network:topic pairs")
      .transform((pair) => toTopicBinding(pair)),
  ),
);
const topicsSchema = z.object(
  Object.fromEntries(
    bindings.map(({ name, isPerNetwork }) => {
      const variable = topicsVariable(name);
      return [variable, withFallback(variable, isPerNetwork ? networkTopics : allTopics)];
    }),
  ),
);
const httpUrl = z.url({ protocol: /^https?$/, error: "must be an http(s) address" });
const postgresUrl = z.url({ protocol: /^postgres(ql)?$/, error: "must be a postgres:// address" });

const schema = z.object({
  NODE_ENV: withFallback("NODE_ENV", z.enum(["production", "development", "test"])),
  ROLES: withFallback("ROLES", list.pipe(z.array(z.enum(roleNames)).min(1))),
  HOST: withFallback("HOST", z.string()),
  PORT: withFallback(
    "PORT",
    z.string().regex(/^\d+$/, "must be a port").pipe(z.coerce.number<string>().max(65_535)),
  ),
  BASE_URL: httpUrl.optional(),
  DATABASE_URL: postgresUrl,
  KAFKA_BROKERS: list.pipe(z.array(z.string().regex(/^[^\s:]+:\d+$/, "must be host:port pairs"))).optional(),
  KAFKA_CONSUMER_GROUP: withFallback("KAFKA_CONSUMER_GROUP", z.string()),
  KAFKA_DEAD_LETTERS_TOPIC: withFallback("KAFKA_DEAD_LETTERS_TOPIC", z.string()),
  KAFKA_AGENTS_DESIRED_TOPIC: withFallback("KAFKA_AGENTS_DESIRED_TOPIC", z.string()),
  KAFKA_REPLAY_REQUESTS_TOPIC: withFallback("KAFKA_REPLAY_REQUESTS_TOPIC", z.string()),
  AGENT_SECRETS_KEYS: agentSecretsKeysSchema.optional(),
  AUDIT_SIGNING_SECRET: z.string().min(32, "must have at least 32 characters").optional(),
  AUTH_SECRET: z.string().min(32, "must have at least 32 characters").optional(),
  EXPORTS_DIR: withFallback("EXPORTS_DIR", z.string()),
  EXPORTS_MAX_MB: withFallback(
    "EXPORTS_MAX_MB",
    z.string().regex(/^\d+$/, "must be a number of MB").pipe(z.coerce.number<string>().min(1)),
  ),
  GRAFANA_URL: httpUrl.optional(),
  GRAFANA_PUBLIC_HOST: z
    .string()
    .regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/, "must be a host name such as grafana.console.example")
    .optional(),
  GRAFANA_ORGS: withFallback("GRAFANA_ORGS", grafanaOrgsSchema),
  OBJECTS_DIR: withFallback("OBJECTS_DIR", z.string()),
  ...s3Variables,
  OIDC_ISSUER: httpUrl.optional(),
  OIDC_NAME: withFallback("OIDC_NAME", z.string().max(40)),
  OIDC_CLIENT_ID: z.string().optional(),
  OIDC_CLIENT_SECRET: z.string().optional(),
  OIDC_ROLES_CLAIM: withFallback("OIDC_ROLES_CLAIM", z.string()),
  OIDC_ROLE_MAP: withFallback("OIDC_ROLE_MAP", roleMapSchema),
  SMTP_URL: z.url({ protocol: /^smtps?$/, error: "must be an smtp:// or smtps:// address" }).optional(),
  SMTP_FROM: withFallback("SMTP_FROM", z.string()),
  PROMETHEUS_URL: httpUrl.optional(),
  PROBE_ALLOW: withFallback("PROBE_ALLOW", list),
  ALERTMANAGER_URLS: alertmanagerPairsSchema.optional(),
  NOTIFY_ALLOW: withFallback("NOTIFY_ALLOW", list),
  TRUSTED_PROXIES: withFallback("TRUSTED_PROXIES", list.pipe(z.array(z.union([z.cidrv4(), z.cidrv6()])))),
  METRICS_TOKEN: z.string().min(16, "must have at least 16 characters").optional(),
  LOG_LEVEL: withFallback("LOG_LEVEL", z.enum(["debug", "info", "warn", "error"])),
  OTEL_EXPORTER_OTLP_ENDPOINT: httpUrl.optional(),
  SENTRY_DSN: httpUrl.optional(),
  COMMIT: z.string().optional(),
});

function toConfig(
  given: z.output<typeof schema>,
  topics: Config["kafka"]["topics"],
  indexers: readonly IndexerSource[],
): Config {
  return {
    mode: given.NODE_ENV,
    roles: given.ROLES,
    host: given.HOST,
    port: given.PORT,
    baseUrl: new URL(given.BASE_URL ?? `http://localhost:${given.PORT}`),
    databaseUrl: given.DATABASE_URL,
    kafka: {
      brokers: given.KAFKA_BROKERS ?? [],
      consumerGroup: given.KAFKA_CONSUMER_GROUP,
      topics,
      deadLettersTopic: given.KAFKA_DEAD_LETTERS_TOPIC,
      desiredStateTopic: given.KAFKA_AGENTS_DESIRED_TOPIC,
      replayRequestsTopic: given.KAFKA_REPLAY_REQUESTS_TOPIC,
    },
    indexers,
    agentSecretsKeys: given.AGENT_SECRETS_KEYS ?? new Map(),
    auditSigningSecret: given.AUDIT_SIGNING_SECRET ?? null,
    authSecret: given.AUTH_SECRET ?? "",
    exports: { folder: given.EXPORTS_DIR, maxBytes: given.EXPORTS_MAX_MB * 1_000_000 },
    grafana: {
      url: given.GRAFANA_URL ? new URL(given.GRAFANA_URL) : null,
      publicHost: given.GRAFANA_PUBLIC_HOST ?? null,
      orgs: given.GRAFANA_ORGS,
    },
    objects: { folder: given.OBJECTS_DIR, s3: s3ConfigOf(given) },
    identityProvider: toProvider(given),
    smtp: given.SMTP_URL ? { url: given.SMTP_URL, from: given.SMTP_FROM } : null,
    probeAllow: given.PROBE_ALLOW,
    notifyAllow: given.NOTIFY_ALLOW,
    alertmanagers: given.ALERTMANAGER_URLS ?? [],
    trustedProxies: given.TRUSTED_PROXIES,
    metricsToken: given.METRICS_TOKEN ?? null,
    logLevel: given.LOG_LEVEL,
    otlpEndpoint: given.OTEL_EXPORTER_OTLP_ENDPOINT ?? null,
    prometheusUrl: given.PROMETHEUS_URL ? new URL(given.PROMETHEUS_URL) : null,
    sentryDsn: given.SENTRY_DSN ?? null,
    release: { version: manifest.version, commit: given.COMMIT ?? null },
  };
}

function toProvider(given: z.output<typeof schema>): ProviderConfig | null {
  const { OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET } = given;
  if (!OIDC_ISSUER || !OIDC_CLIENT_ID || !OIDC_CLIENT_SECRET) return null;
  return {
    name: given.OIDC_NAME,
    issuer: new URL(OIDC_ISSUER),
    clientId: OIDC_CLIENT_ID,
    clientSecret: OIDC_CLIENT_SECRET,
    rolesClaim: given.OIDC_ROLES_CLAIM,
    roleMap: given.OIDC_ROLE_MAP,
  };
}

/** Half a provider would be a button that is missing without a word. */
function missingForProvider(given: Environment): string[] {
  const names = ["OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET"];
  const missing = names.filter((name) => given[name] === undefined);
  return missing.length === names.length
    ? []
    : missing.map((name) => `${name} is missing; the other OIDC_… are set`);
}

/** What only one role needs, so that the other can run without it. */
function missingForRoles(given: Environment): string[] {
  const roles = (given.ROLES ?? fallbackOf("ROLES")).split(",").map((role) => role.trim());
  const problems: string[] = [];
  if (roles.includes("web") && given.AUTH_SECRET === undefined)
    problems.push("AUTH_SECRET is missing; the web role needs it (openssl rand -base64 32)");
  if (roles.includes("ingest") && given.KAFKA_BROKERS === undefined)
    problems.push("KAFKA_BROKERS is missing; the ingest role needs it");
  return problems;
}

function readIndexers(given: Environment, problems: string[]): IndexerSource[] {
  return networkNames.flatMap((network) =>
    indexerFamilies.flatMap((family) => {
      const name = indexerVariable(network, family);
      const value = given[name];
      if (value === undefined) return [];
      if (!postgresUrl.safeParse(value).success) {
        problems.push(`${name} must be a postgres:// address`);
        return [];
      }
      return [toIndexerSource(value, network, family)];
    }),
  );
}

/** `?schema=` is ours, not PostgreSQL's: it is taken off before the driver sees the address. */
function toIndexerSource(value: string, network: NetworkName, family: IndexerFamily): IndexerSource {
  const url = new URL(value);
  const schemaName = url.searchParams.get("schema") ?? "public";
  url.searchParams.delete("schema");
  return { network, family, connectionString: url.href, schema: schemaName };
}

function toTopicBinding(pair: `${NetworkName}:${string}`): TopicBinding {
  const colon = pair.indexOf(":");
  return { network: networkByName(pair.slice(0, colon)).name, topic: pair.slice(colon + 1) };
}

function describeIssue(issue: z.core.$ZodIssue, given: Environment): string {
  const name = String(issue.path[0]);
  if (given[name] === undefined) return `${name} is missing`;
  const variable = variables.find((candidate) => candidate.name === name);
  const value = variable?.secret ? "" : ` (it is "${masked(given[name] ?? null)}")`;
  return `${name} ${issue.message}${value}`;
}

/** `FOO=` in an env file means "not set". */
function withoutBlanks(environment: Environment): Environment {
  return Object.fromEntries(Object.entries(environment).filter(([, value]) => value?.trim()));
}
