import { describe, expect, it } from "vitest";
import { ConfigError, describeConfig, type Environment, readConfig, withArguments } from "./config.ts";

const complete: Environment = {
  DATABASE_URL: "postgres://console:hunter2@db:5432/console",
  KAFKA_BROKERS: "kafka-1:9092, kafka-2:9092",
  AUTH_SECRET: "a-secret-that-is-long-enough-to-be-one",
};

describe("readConfig", () => {
  it("fills in defaults and takes lists apart", () => {
    const config = readConfig(complete);
    expect(config.roles).toEqual(["web", "ingest"]);
    expect(config.baseUrl.href).toBe("http://localhost:3000/");
    expect(config.kafka.brokers).toEqual(["kafka-1:9092", "kafka-2:9092"]);
    expect(config.kafka.topics.activity).toEqual([
      { network: "mainnet", topic: "ddc.activity" },
      { network: "testnet", topic: "ddc.activity.testnet" },
      { network: "devnet", topic: "ddc.activity.devnet" },
    ]);
  });

  it("takes S3 in place of the folder, with all that belongs to it", () => {
    expect(readConfig(complete).objects).toEqual({ folder: ".local/objects", s3: null });
    const s3 = {
      S3_BUCKET: "bundles",
      S3_ENDPOINT: "http://minio:9000",
      S3_ACCESS_KEY_ID: "console",
      S3_SECRET_ACCESS_KEY: "hunter2",
    };
    expect(readConfig({ ...complete, ...s3 }).objects.s3).toEqual({
      bucket: "bundles",
      endpoint: new URL("http://minio:9000"),
      region: "us-east-1",
      prefix: "",
      credentials: { accessKeyId: "console", secretAccessKey: "hunter2" },
    });
    expect(problemsOf({ ...complete, ...s3, S3_BUCKET: "", S3_SECRET_ACCESS_KEY: "" })).toEqual([
      "S3_SECRET_ACCESS_KEY is missing; the other half of the key is set",
      "S3_BUCKET is missing; S3_ENDPOINT, S3_ACCESS_KEY_ID would have no effect",
    ]);
  });

  it("names every wrong variable at once and shows no secret", () => {
    const problems = problemsOf({
      DATABASE_URL: "mysql://root:hunter2@db/console",
      PORT: "eighty",
      AUTH_SECRET: "short",
      KAFKA_ACTIVITY_TOPICS: "moonnet:activity",
      INDEXER_MAINNET_DDC_URL: "http://user:hunter2@squid",
      PROMETHEUS_URL: "ftp://reader:hunter2@prometheus",
      TRUSTED_PROXIES: "10.0.0.1",
    });
    expect(problems).toEqual([
      'PORT must be a port (it is "eighty")',
      "DATABASE_URL must be a postgres:// address",
      "AUTH_SECRET must have at least 32 characters",
      'PROMETHEUS_URL must be an http(s) address (it is "ftp://***@prometheus")',
      expect.stringContaining("TRUSTED_PROXIES"),
      'KAFKA_ACTIVITY_TOPICS must be network:topic pairs (it is "moonnet:activity")',
      "INDEXER_MAINNET_DDC_URL must be a postgres:// address",
      "KAFKA_BROKERS is missing; the ingest role needs it",
    ]);
    expect(problems.join()).not.toContain("hunter2");
  });

  it("asks each role only for what it needs", () => {
    const web = { ...complete, ROLES: "web", KAFKA_BROKERS: "" };
    const ingest = { ...complete, ROLES: "ingest", AUTH_SECRET: "" };
    expect(readConfig(web).kafka.brokers).toEqual([]);
    expect(readConfig(ingest).roles).toEqual(["ingest"]);
  });

  it("reads the schema of an indexer from its address and hands the driver the rest", () => {
    const { indexers } = readConfig({
      ...complete,
      INDEXER_TESTNET_CHAIN_URL: "postgres://reader@squid:5432/chain?schema=squid&sslmode=require",
    });
    expect(indexers).toEqual([
      {
        network: "testnet",
        family: "chain",
        connectionString: "postgres://reader@squid:5432/chain?sslmode=require",
        schema: "squid",
      },
    ]);
  });

  it("lets the command line choose the roles", () => {
    expect(readConfig(withArguments(complete, ["--roles=web"])).roles).toEqual(["web"]);
  });
});

describe("describeConfig", () => {
  it("says where each value comes from and hides secrets", () => {
    const entries = new Map(describeConfig(complete).map((entry) => [entry.variable, entry]));
    expect(entries.get("DATABASE_URL")).toMatchObject({ isSecret: true, source: "environment" });
    expect(entries.get("PORT")).toMatchObject({ value: "3000", source: "default" });
    expect(entries.get("SENTRY_DSN")).toMatchObject({ value: null, source: "not set" });
  });

  it("shows of a secret address which database it is, and of nothing a name or a password", () => {
    const secrets = {
      INDEXER_TESTNET_DDC_URL: "postgres://reader:hunter2@squid-test:5432/squid?schema=ix",
      AUTH_SECRET: "hunter2-hunter2-hunter2-hunter2-hunter2",
      OTEL_EXPORTER_OTLP_ENDPOINT: "https://somebody:hunter2@collector.example/v1",
    };
    const entries = describeConfig({ ...complete, ...secrets });
    const values = new Map(entries.map(({ variable, value }) => [variable, value]));
    expect(values.get("INDEXER_TESTNET_DDC_URL")).toBe("squid-test:5432/squid, schema ix");
    expect(values.get("AUTH_SECRET")).toBeNull();
    expect(values.get("OTEL_EXPORTER_OTLP_ENDPOINT")).toBe("https://***@collector.example/v1");
    expect(JSON.stringify(entries)).not.toMatch(/hunter2|somebody|reader/);
  });
});

function problemsOf(environment: Environment): readonly string[] {
  try {
    readConfig(environment);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}
