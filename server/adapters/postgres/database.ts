import { PrismaPg } from "@prisma/adapter-pg";
import { Pool, type PoolClient, type QueryResult, types } from "pg";
import { PrismaClient } from "../../../prisma/generated/console/client.ts";
import { invalid, timeout, upstream } from "../../kernel/errors.ts";
import type { Database, Sql, SqlOptions, Transact } from "../../ports/database.ts";

export type DatabaseOptions = {
  connectionString: string;
  maxConnections: number;
  applicationName: string;
  /** For statements whose caller names no limit. */
  statementTimeoutMs?: number;
};

/** A pool with both faces of `Database`. Dispose of it with `await using` or `close()`. */
export type OpenDatabase = Database & { pool: Pool; close(): Promise<void> } & AsyncDisposable;

const defaultTimeoutMs = 10_000;
const queryCanceled = "57014";
/** Text that no text of PostgreSQL can be: it holds U+0000. */
const notInRepertoire = "22021";

export function openDatabase(options: DatabaseOptions): OpenDatabase {
  const { statementTimeoutMs = defaultTimeoutMs } = options;
  const pool = new Pool({
    connectionString: options.connectionString,
    max: options.maxConnections,
    application_name: options.applicationName,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 30_000,
    statement_timeout: statementTimeoutMs,
    types: { getTypeParser: exactTypeParser },
  });
  // An idle connection that dies is replaced by the pool; without a listener it would end the process.
  pool.on("error", () => {});
  // The pool listens to idle connections only: one that is lost between two statements of its holder would end the process.
  pool.on("connect", (client) => client.on("error", () => {}));
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool) });
  const close = async () => {
    await prisma.$disconnect();
    await pool.end();
  };
  const sql = sqlOver(pool, statementTimeoutMs);
  const transact = transactOver(pool, statementTimeoutMs);
  return { pool, prisma, sql, transact, close, [Symbol.asyncDispose]: close };
}

function transactOver(pool: Pool, statementTimeoutMs: number): Transact {
  return async (work) => {
    const client = await pool.connect();
    try {
      await client.query("BEGIN");
      const result = await work({ sql: sqlOver(client, statementTimeoutMs) });
      await client.query("COMMIT");
      client.release();
      return result;
    } catch (error) {
      const isBack = await client.query("ROLLBACK").then(
        () => true,
        () => false,
      );
      client.release(!isBack);
      throw error;
    }
  };
}

function sqlOver(connection: Pool | PoolClient, statementTimeoutMs: number): Sql {
  return async <Row>(text: string, values: readonly unknown[] = [], options?: SqlOptions) => {
    const limitMs = options?.timeoutMs ?? statementTimeoutMs;
    const name = options?.isPrepared ? preparedName(text) : undefined;
    const query = { name, text, values: [...values], query_timeout: limitMs + 500 };
    try {
      const result =
        limitMs > statementTimeoutMs && connection instanceof Pool
          ? await queryWithin(connection, query, limitMs)
          : await connection.query(query);
      return result.rows as Row[];
    } catch (error) {
      throw translate(error, limitMs);
    }
  };
}

const preparedNames = new Map<string, string>();

function preparedName(text: string): string {
  const name = preparedNames.get(text) ?? `console-${preparedNames.size}`;
  preparedNames.set(text, name);
  return name;
}

type Query = { name: string | undefined; text: string; values: unknown[]; query_timeout: number };

/** The server's own limit is that of the connection: for a longer one it is raised, and taken back. */
async function queryWithin(pool: Pool, query: Query, limitMs: number): Promise<QueryResult> {
  const client = await pool.connect();
  try {
    await client.query(`SET statement_timeout = ${Math.ceil(limitMs)}`);
    const result = await client.query(query);
    await client.query("RESET statement_timeout");
    client.release();
    return result;
  } catch (error) {
    // As the pool does: a connection on which something failed is not used again.
    client.release(true);
    throw error;
  }
}

function translate(error: unknown, limitMs: number): unknown {
  if (!(error instanceof Error)) return error;
  const code = "code" in error ? error.code : undefined;
  if (code === notInRepertoire) return invalid("Text with the character U+0000 is found nowhere.");
  if (code === queryCanceled || /timeout/i.test(error.message)) return timeout("The database query", limitMs);
  const isLost =
    typeof code === "string"
      ? /^(ECONN|EPIPE|ENOTFOUND|08|57P)/.test(code)
      : /connection terminated/i.test(error.message);
  return isLost ? upstream("PostgreSQL", error) : error;
}

/** bigint and numeric stay text, so that 64-bit integers and amounts are exact; the rest is pg's default. */
function exactTypeParser(oid: number, format?: "text" | "binary") {
  if (oid === types.builtins.INT8 || oid === types.builtins.NUMERIC) return (value: string) => value;
  return format === "binary" ? types.getTypeParser(oid, "binary") : types.getTypeParser(oid, "text");
}
