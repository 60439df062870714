import { randomBytes } from "node:crypto";
import { createDdcTables } from "../../localnet/chain/ddc-schema.ts";
import { cereSs58Prefix } from "../kernel/networks.ts";
import { toSs58 } from "../kernel/ss58.ts";
import { emptyDatabase, type TestDatabase } from "./database.ts";

/** A database as the public ddc squid writes it, on an own schema when asked. Disposed of with `await using`. */
export type TestIndexer = AsyncDisposable & {
  url: string;
  schema: string;
  run(text: string, values?: readonly unknown[]): Promise<void>;
  setPosition(position: { height: number; hash?: string; hot?: readonly number[] }): Promise<void>;
  addCluster(row?: { id?: string; status?: string }): Promise<string>;
  /** Returns the key as the console has it: hex. */
  addNode(row?: Partial<TestNode>): Promise<string>;
  addBucket(row: Partial<TestBucket> & { id: string }): Promise<void>;
  addLedger(kind: "deposit" | "charge", row: TestLedgerRow): Promise<void>;
};

export type TestNode = {
  key: string;
  prefix: number;
  host: string;
  httpPort: number;
  clusterId: string | null;
  providerId: string | null;
  createdAtHeight: number;
};
export type TestBucket = {
  owner: string | null;
  clusterId: string | null;
  isPublic: boolean;
  isRemoved: boolean;
  createdAtHeight: number;
  createdAt: string;
};
export type TestLedgerRow = { height: number; account: string; at: string; amount: string };

export function aKey(): string {
  return `0x${randomBytes(32).toString("hex")}`;
}

export function anAccount(): string {
  return toSs58(aKey());
}

export function aClusterId(): string {
  return `0x${randomBytes(20).toString("hex")}`;
}

export async function testIndexer({ schema = "public" }: { schema?: string } = {}): Promise<TestIndexer> {
  const db = await emptyDatabase();
  // Without the keys and indexes, so that a test writes only the rows it is about.
  await db.pool.query(
    `CREATE SCHEMA IF NOT EXISTS "${schema}"; SET search_path TO "${schema}"; ${createDdcTables} RESET search_path`,
  );
  return { url: db.url, schema, ...writersOf(db, schema), [Symbol.asyncDispose]: () => db.close() };
}

type Run = TestIndexer["run"];

function writersOf(db: TestDatabase, schema: string) {
  const run: Run = async (text, values = []) => {
    await db.sql(text, values);
  };
  const table = (name: string) => `"${schema}".${name}`;
  return { run, ...positionWriter(run), ...registryWriters(run, table), ...bucketWriters(run, table) };
}

function positionWriter(run: Run): Pick<TestIndexer, "setPosition"> {
  return {
    setPosition: async ({ height, hash = aHash(height), hot = [] }) => {
      await run("DELETE FROM squid_processor.hot_block");
      for (const block of hot)
        await run("INSERT INTO squid_processor.hot_block VALUES ($1, $2)", [block, aHash(block)]);
      await run(
        `INSERT INTO squid_processor.status VALUES (0, $1, $2, 0)
         ON CONFLICT (id) DO UPDATE SET height = excluded.height, hash = excluded.hash, nonce = status.nonce + 1`,
        [height, hash],
      );
    },
  };
}

function aHash(height: number): string {
  return `0x${height.toString(16).padStart(64, "0")}`;
}

type Table = (name: string) => string;

function registryWriters(run: Run, table: Table): Pick<TestIndexer, "addCluster" | "addNode"> {
  return {
    addCluster: async ({ id = aClusterId(), status = "Activated" } = {}) => {
      await run(
        `INSERT INTO ${table("ddc_cluster")} VALUES ($1, 10000000000000000, 20000000000000000, 30000000000000000,
           1000000000000000, 50, 60, 123456789012345678901, 2, 3, 4, 16, 48, 3, $2, NULL, 12)`,
        [id, status],
      );
      return id;
    },
    addNode: async (row = {}) => {
      const key = row.key ?? aKey();
      await run(
        `INSERT INTO ${table("ddc_node")} VALUES ($1, $2, '', false, $3, 9090, 9070, 'Full', $4, $5, $6)`,
        [
          toSs58(key, row.prefix ?? cereSs58Prefix),
          row.host ?? "203.0.113.7",
          row.httpPort ?? 8080,
          row.providerId ?? null,
          row.clusterId ?? null,
          row.createdAtHeight ?? -1,
        ],
      );
      return key;
    },
  };
}

function bucketWriters(run: Run, table: Table): Pick<TestIndexer, "addBucket" | "addLedger"> {
  return {
    addBucket: (row) =>
      run(
        `INSERT INTO ${table("ddc_bucket")} VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (id) DO UPDATE SET is_public = excluded.is_public, is_removed = excluded.is_removed,
           created_at_block_height = excluded.created_at_block_height,
           created_at_block_timestamp = excluded.created_at_block_timestamp`,
        [
          row.id,
          row.isPublic ?? true,
          row.isRemoved ?? false,
          row.owner ?? null,
          row.clusterId ?? null,
          row.createdAtHeight ?? -1,
          row.createdAt ?? "2026-11-23T10:00:00Z",
        ],
      ),
    addLedger: (kind, { height, account, at, amount }) =>
      run(`INSERT INTO ${table(`ddc_customer_${kind}`)} VALUES ($1, $2, $3, $4)`, [
        `${height}-${account}`,
        at,
        amount,
        account,
      ]),
  };
}
