import { Client } from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { timeout } from "../../kernel/errors.ts";
import type { BulkStore, BulkTransaction, BulkValue } from "../../ports/bulk-store.ts";

export type BulkStoreOptions = { connectionString: string; applicationName: string };

/** A flush takes tenths of a second. One that takes this long hangs on a lock or a lost network. */
const longestMs = 60_000;
const sendBytes = 256 * 1024;

/** Opens its connection when first used, and anew after it was lost. */
export function openBulkStore(options: BulkStoreOptions): BulkStore {
  let open: Promise<Client> | null = null;
  const client = () => {
    open ??= connect(options).catch((error) => {
      open = null;
      throw error;
    });
    return open;
  };
  const discard = async (broken: Client) => {
    open = null;
    broken.connection.stream.destroy();
    await broken.end().catch(() => {});
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
        await discard(connection);
        throw error;
      } finally {
        clearTimeout(watch);
      }
    },
    close: async () => {
      const connection = await open?.catch(() => null);
      open = null;
      await connection?.end();
    },
  };
}

async function connect({ connectionString, applicationName }: BulkStoreOptions): Promise<Client> {
  const client = new Client({
    connectionString,
    application_name: applicationName,
    connectionTimeoutMillis: 5_000,
    statement_timeout: longestMs,
    lock_timeout: longestMs / 2,
    idle_in_transaction_session_timeout: longestMs,
    keepAlive: true,
    // Compiling a statement costs more than running it for some thousand rows.
    options: "-c jit=off",
  });
  // Without a listener the loss of an idle connection would end the process; the next query tells.
  client.on("error", () => {});
  await client.connect();
  return client;
}

function transactionOn(client: Client): BulkTransaction {
  return {
    sql: async <Row>(text: string, values: readonly BulkValue[]) => {
      const result = await client.query({ name: nameOf(text), text, values: [...values] });
      return result.rows as Row[];
    },
    copy: (into, chunks) => copy(client, into, chunks),
  };
}

/** A statement is prepared once a connection; its text is its identity. */
const names = new Map<string, string>();

function nameOf(text: string): string {
  const name = names.get(text) ?? `bulk_${names.size + 1}`;
  names.set(text, name);
  return name;
}

async function copy(client: Client, into: string, chunks: readonly Buffer[]): Promise<void> {
  const stream = client.query(copyFrom(`COPY ${into} FROM STDIN WITH (FORMAT binary)`));
  const done = Promise.withResolvers<void>();
  stream.on("finish", done.resolve);
  stream.on("error", done.reject);
  stream.on("close", () => done.reject(timeout("COPY", longestMs)));
  // It may fail while a chunk is on its way; it is awaited below in any case.
  done.promise.catch(() => {});
  for (const chunk of chunks) {
    for (let at = 0; at < chunk.length; at += sendBytes) {
      const hasRoom = stream.write(chunk.subarray(at, at + sendBytes));
      if (!hasRoom) await Promise.race([once(stream, "drain"), done.promise]);
    }
  }
  stream.end();
  await done.promise;
}

function once(stream: NodeJS.EventEmitter, event: string): Promise<void> {
  return new Promise((resolve) => stream.once(event, () => resolve()));
}
