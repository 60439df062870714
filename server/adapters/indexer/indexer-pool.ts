import { setTimeout } from "node:timers/promises";
import { Pool, type PoolClient, types } from "pg";
import { prettifyError, ZodError } from "zod";
import { AppError } from "../../kernel/errors.ts";
import type { NetworkName } from "../../kernel/networks.ts";
import type { IndexerFamily } from "../../ports/chain-index.ts";

/** Where one family of one network lives. `schema` is the PostgreSQL schema of its tables. */
export type IndexerSource = {
  network: NetworkName;
  family: IndexerFamily;
  connectionString: string;
  schema: string;
};

/** Runs one statement; rows are foreign and therefore unknown. */
export type Read = (text: string, values?: readonly unknown[]) => Promise<unknown[]>;

export type IndexerLimits = { connectMs: number; statementMs: number };
export const indexerLimits: IndexerLimits = { connectMs: 2_000, statementMs: 4_000 };

export type IndexerPool = {
  source: IndexerSource;
  /** One read-only transaction that sees one moment; tried a second time when only the connection was lost. */
  read<T>(work: (read: Read) => Promise<T>, signal?: AbortSignal): Promise<T>;
  close(): Promise<void>;
};

const pauseBeforeRetryMs = 150;

export function openIndexerPool(source: IndexerSource, limits: IndexerLimits = indexerLimits): IndexerPool {
  const pool = new Pool({
    connectionString: source.connectionString,
    max: 3,
    application_name: "console-indexer-reader",
    connectionTimeoutMillis: limits.connectMs,
    query_timeout: limits.statementMs + 500,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    options: `-c default_transaction_read_only=on -c statement_timeout=${limits.statementMs} -c search_path=${quoted(source.schema)},pg_catalog`,
    types: { getTypeParser: exactTypeParser },
  });
  // A connection that dies fails its statement, or is replaced when idle; without listeners it would end the process.
  pool.on("error", () => {});
  pool.on("connect", (client) => client.on("error", () => {}));
  return {
    source,
    read: async (work, signal) => {
      try {
        return await readTwice(pool, work, signal);
      } catch (error) {
        if (isCancelled(signal)) throw signal?.reason;
        throw explain(signal?.aborted ? signal.reason : error, source);
      }
    },
    close: () => pool.end(),
  };
}

async function readTwice<T>(
  pool: Pool,
  work: (read: Read) => Promise<T>,
  signal: AbortSignal | undefined,
): Promise<T> {
  try {
    return await readOnce(pool, work, signal);
  } catch (error) {
    if (signal?.aborted || !isConnectionLost(error)) throw error;
  }
  await setTimeout(pauseBeforeRetryMs);
  return readOnce(pool, work, signal);
}

async function readOnce<T>(
  pool: Pool,
  work: (read: Read) => Promise<T>,
  signal: AbortSignal | undefined,
): Promise<T> {
  signal?.throwIfAborted();
  const client = await pool.connect();
  // A connection given back with an error is closed; PostgreSQL itself ends the statement at its time limit.
  const onAbort = () => release(new Error("cancelled"));
  const release = releaseOnce(client);
  signal?.addEventListener("abort", onAbort, { once: true });
  try {
    await client.query("BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY");
    const result = await work(async (text, values = []) => (await client.query(text, [...values])).rows);
    await client.query("COMMIT");
    release();
    return result;
  } catch (error) {
    release(error instanceof Error ? error : new Error(String(error)));
    throw error;
  } finally {
    signal?.removeEventListener("abort", onAbort);
  }
}

/** A client that is given back with an error is closed instead of kept. */
function releaseOnce(client: PoolClient): (error?: Error) => void {
  let isReleased = false;
  return (error) => {
    if (!isReleased) client.release(error);
    isReleased = true;
  };
}

function isConnectionLost(error: unknown): boolean {
  const code = codeOf(error);
  if (code === null) return error instanceof Error && /terminated|timeout/i.test(error.message);
  return /^(ECONN|EPIPE|ETIMEDOUT|EHOSTUNREACH)/.test(code) || /^(08|57P)/.test(code);
}

/** A signal that ran into its own time limit is a slow database, not a caller who went away. */
function isCancelled(signal: AbortSignal | undefined): boolean {
  return (
    signal?.aborted === true && !(signal.reason instanceof Error && signal.reason.name === "TimeoutError")
  );
}

type Problem = "unreachable" | "foreign";

/** A sentence for the status bar; the driver's own error stays as the cause. */
function explain(error: unknown, { network, family, schema }: IndexerSource): unknown {
  if (!(error instanceof Error) || error instanceof AppError) return error;
  const code = codeOf(error) ?? "";
  const who = `The ${family} indexer database of ${network}`;
  const fault = (problem: Problem, what: string) =>
    new AppError("upstream", `${who} ${what}`, { network, family, problem }, error);
  if (/^ECONNREFUSED/.test(code)) return fault("unreachable", "refuses connections.");
  if (/^(ENOTFOUND|EAI_AGAIN)/.test(code))
    return fault("unreachable", "has a host name that does not resolve.");
  if (/^28/.test(code)) return fault("unreachable", "refuses the sign-in of its user.");
  if (code === "3D000") return fault("unreachable", "does not exist on its server.");
  if (code === "57014" || /timeout/i.test(error.message))
    return fault("unreachable", "did not answer in time.");
  if (code === "42P01" || code === "3F000")
    return fault("foreign", `lacks a table of this family in its schema "${schema}": ${error.message}.`);
  if (code === "42703") return fault("foreign", `has other columns than this family: ${error.message}.`);
  if (code === "42501") return fault("foreign", `may not be read by its user: ${error.message}.`);
  if (error instanceof ZodError)
    return fault("foreign", `has rows of another shape: ${prettifyError(error)}`);
  return fault("unreachable", "closed the connection or failed.");
}

function codeOf(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  return "code" in error && typeof error.code === "string" ? error.code : null;
}

function quoted(identifier: string): string {
  // Escapes twice: for the SQL identifier and for the space-separated options of the start-up packet.
  return `"${identifier.replaceAll('"', '""')}"`.replace(/([\\ ])/g, "\\$1");
}

/** bigint and numeric stay text, so that amounts and 64-bit ids are exact. */
function exactTypeParser(oid: number, format?: "text" | "binary") {
  if (oid === types.builtins.INT8 || oid === types.builtins.NUMERIC) return (value: string) => value;
  return format === "binary" ? types.getTypeParser(oid, "binary") : types.getTypeParser(oid, "text");
}
