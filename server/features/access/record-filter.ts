import { operations, statuses } from "../../kernel/cells.ts";
import { findCid } from "../../kernel/cid/parse-cid.ts";
import { invalid } from "../../kernel/errors.ts";
import { networkByName } from "../../kernel/networks.ts";
import { parsePublicKey } from "../../kernel/ss58.ts";
import type { Database } from "../../ports/database.ts";
import type { AccessFilter } from "./schema.ts";

/** Conditions on `activity` but for its time; `$1`, `$2` … are `values`. */
export type RecordFilter = {
  conditions: string;
  values: unknown[];
  isIndexed: boolean;
  /** What to read `FROM` for the times from `since` on and before `before`, two parameters: all rows that may match. */
  rowsIn(since: string, before: string): string;
  /** The rows that stand for all that may match, where these are found by groups; `$1` is `wanted`. */
  firsts: { condition: string; wanted: unknown } | null;
};

type Look = Pick<RecordFilter, "rowsIn" | "firsts">;

type FilterDb = Pick<Database, "sql">;

/** Turns what a person asks into what the table holds: small integers, bits and prefixes. Null: nothing can match. */
export async function toRecordFilter(db: FilterDb, filter: AccessFilter): Promise<RecordFilter | null> {
  const parts: string[] = [];
  const values: unknown[] = [];
  let look: Look = { rowsIn: () => "activity", firsts: null };
  const add = (condition: (parameter: string) => string, value: unknown) => {
    values.push(value);
    parts.push(condition(`$${values.length}`));
  };
  const { id: network } = networkByName(filter.network);
  add((p) => `network = ${p}`, network);
  if (filter.bucket) add((p) => `bucket = u64_bits(${p}::numeric)`, filter.bucket);
  if (filter.account) {
    const client = await findClient(db, filter.account);
    if (client === null) return null;
    add((p) => `client = ${p}`, client);
    look = byClient(`$${values.length}`, client);
  }
  if (filter.cid) {
    const cid = Buffer.from(findCid(filter.cid)?.bytes ?? []);
    add((p) => `cid = ${p}`, cid);
    look = byCid(`$${values.length}`, cid);
  }
  if (filter.node) {
    const [node] = await db.sql<{ id: number }>(
      "SELECT id FROM ddc_node WHERE network = $1 AND node_key = $2",
      [network, filter.node],
    );
    if (!node) return null;
    add((p) => `node = ${p}`, node.id);
  }
  if (filter.operation?.length)
    add(
      (p) => `operation = ANY (${p}::smallint[])`,
      filter.operation.map((name) => operations.indexOf(name)),
    );
  if (filter.status?.length)
    add(
      (p) => `status = ANY (${p}::smallint[])`,
      filter.status.map((name) => statuses.indexOf(name)),
    );
  parts.push(...tabConditions(filter));
  const isRare = filter.tab === "refused" || filter.tab === "after-end";
  const isIndexed = Boolean(filter.bucket || filter.cid || filter.account) || isRare;
  return { conditions: parts.join(" AND "), values, isIndexed, ...look };
}

function byClient(parameter: string, client: number): Look {
  return {
    rowsIn: (since, before) => `activity_of_client(${parameter}, ${since}, ${before}) AS activity`,
    firsts: { condition: "client = $1 AND first_of_client", wanted: client },
  };
}

function byCid(parameter: string, cid: Buffer): Look {
  return {
    rowsIn: (since, before) => `activity_of_cid(${parameter}, ${since}, ${before}) AS activity`,
    firsts: { condition: "cid_prefix = cid_prefix_of($1) AND cid = $1 AND first_of_cid", wanted: cid },
  };
}

function tabConditions({ tab }: AccessFilter): string[] {
  switch (tab) {
    case "all":
      return [];
    case "refused":
      return [`status = ${statuses.indexOf("aborted")}`, "status <> 0"];
    case "writes":
      return [`operation IN (${operations.indexOf("put")}, ${operations.indexOf("delete")})`];
    case "after-end":
      return [
        "grant_id IS NOT NULL",
        "at >= (SELECT expires_at FROM ddc_grant WHERE ddc_grant.id = activity.grant_id)",
      ];
  }
}

async function findClient(db: FilterDb, account: string): Promise<number | null> {
  const key = parsePublicKey(account);
  if (key === null)
    throw invalid(`"${account.slice(0, 60)}" is no account: an SS58 address or 0x and 64 hex digits.`, {
      field: "account",
    });
  const [client] = await db.sql<{ id: number }>(
    "SELECT id FROM ddc_client WHERE public_key = decode($1, 'hex')",
    [key.slice(2)],
  );
  return client?.id ?? null;
}
