import { setTimeout as pause } from "node:timers/promises";
import { Client } from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { timeout } from "../../kernel/errors.ts";
import type { BulkStore, BulkTransaction, BulkValue } from "../../ports/bulk-store.ts";

export type BulkStoreOptions = { connectionString: string; applicationName: string };

/** A flush takes tenths of a second. One that takes this long hangs on a lock or a lost network. */
const longestMs = 60_000;
const longestStatementMs = 20_000;
/** A writer that stands still in the middle of a transaction holds rows that the one who takes over needs. */
const longestPauseMs = 8_000;
const sendBytes = 256 * 1024;
const closeMs = 1_000;

/** Opens its connection when first used, and anew after it was lost. */
export function openBulkStore(options: BulkStoreOptions): BulkStore {
  let open: Promise<Client> | null = null;
  const client = () => {
    open ??= connect(options, () => {
      open = null;
    });
    return open;
  };
  const discard = (broken: Client) => {
    open = null;
    broken.connection.stream.destroy();
  };
  return {
    transaction: async (work) => {
      const connection = await client();
      const watch = setTimeout(() => connection.connection.stream.destroy(), longestMs);
      try {
        await connection.query("BEGIN");
        const result = await work(transactionOn(connection));
        await connection.query("COMMIT");
        return result;
      } catch (error) {
        // A connection whose last command is not known to have ended is of no more use; closing it rolls back.
        discard(connection);
        throw error;
      } finally {
        clearTimeout(watch);
      }
    },
    close: async () => {
      const connection = await open?.catch(() => null);
      open = null;
      // A connection that died unnoticed never confirms its end.
      if (connection) await Promise.race([connection.end().catch(() => {}), pause(closeMs)]);
    },
  };
}

/** `onLost` is told when there is no connection, or no longer one. */
async function connect(options: BulkStoreOptions, onLost: () => void): Promise<Client> {
  const client = new Client({
    connectionString: options.connectionString,
    application_name: options.applicationName,
    connectionTimeoutMillis: 5_000,
    statement_timeout: longestStatementMs,
    idle_in_transaction_session_timeout: longestPauseMs,
    keepAlive: true,
    // Compiling a statement costs more than running it for some thousand rows.
    options: "-c jit=off",
  });
  // Without a listener the loss of an idle connection would end the process.
  client.on("error", onLost);
  client.on("end", onLost);
  try {
    await client.connect();
    return client;
  } catch (error) {
    onLost();
    throw error;
  }
}

function transactionOn(client: Client): BulkTransaction {
  return {
    sql: async <Row>(text: string, values: readonly BulkValue[]) => {
      const result = await client.query({ name: nameOf(text), text, values: [...values] });
      return result.rows as Row[];
    },
    copy: (into, rows) => copy(client, into, rows),
  };
}

/** A statement is prepared once a connection; its text is its identity. */
const names = new Map<string, string>();

function nameOf(text: string): string {
  const name = names.get(text) ?? `bulk_${names.size + 1}`;
  names.set(text, name);
  return name;
}

async function copy(client: Client, into: string, rows: Buffer): Promise<void> {
  const stream = client.query(copyFrom(`COPY ${into} FROM STDIN WITH (FORMAT binary)`));
  const done = Promise.withResolvers<void>();
  stream.on("finish", done.resolve);
  stream.on("error", done.reject);
  stream.on("close", () => done.reject(timeout("COPY", longestStatementMs)));
  // It may fail while a part is on its way; it is awaited below in any case.
  done.promise.catch(() => {});
  for (let at = 0; at < rows.length; at += sendBytes) {
    const hasRoom = stream.write(rows.subarray(at, at + sendBytes));
    if (!hasRoom) await Promise.race([once(stream, "drain"), done.promise]);
  }
  stream.end();
  await done.promise;
}

function once(stream: NodeJS.EventEmitter, event: string): Promise<void> {
  return new Promise((resolve) => stream.once(event, () => resolve()));
}
