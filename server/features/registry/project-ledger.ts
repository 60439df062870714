import type { Network } from "../../kernel/networks.ts";
import { encodeNotice, noticeChannel } from "../../kernel/notice.ts";
import type { ChainIndex, LedgerCursor, LedgerEntry, LedgerKind } from "../../ports/chain-index.ts";
import type { Database } from "../../ports/database.ts";

const pageRows = 5_000;

export type LedgerJob = { network: Network; kind: LedgerKind; finalizedHeight: number; at: Date };
export type LedgerStep = { entries: number; isCaughtUp: boolean };

/**
 * Reads the next page of a ledger and adds it to the hourly sums. Only finalized blocks count, so nothing ever has to
 * be taken back; the cursor moves by compare-and-set in the same transaction, so nothing is counted twice.
 */
export async function projectLedger(
  around: { db: Database; chainIndex: ChainIndex },
  job: LedgerJob,
  signal: AbortSignal,
): Promise<LedgerStep> {
  const { network, kind, finalizedHeight } = job;
  const after = await findCursor(around.db, network, kind);
  const query = { kind, after, limit: pageRows };
  const page = await around.chainIndex.listLedger(network.name, query, signal);
  const entries = finalizedPart(page, finalizedHeight);
  signal.throwIfAborted();
  if (entries.length > 0) await storeEntries(around.db, job, { after, entries });
  return { entries: entries.length, isCaughtUp: entries.length < pageRows };
}

/** The entries before the first one of a block that can still change. */
export function finalizedPart(page: readonly LedgerEntry[], finalizedHeight: number): LedgerEntry[] {
  const firstHot = page.findIndex(({ height }) => height !== null && height > finalizedHeight);
  return firstHot === -1 ? [...page] : page.slice(0, firstHot);
}

async function findCursor(db: Database, network: Network, kind: LedgerKind): Promise<LedgerCursor | null> {
  const rows = await db.sql<LedgerCursor>(
    "SELECT at, id FROM ledger_cursor WHERE network = $1 AND kind = $2",
    [network.id, kind],
  );
  return rows[0] ?? null;
}

/** No row of `moved` = another reader was faster: then nothing at all is added. */
const statement = `
  WITH given AS (
    SELECT date_trunc('hour', g.at, 'UTC') AS at, coalesce(g.account, '') AS account,
           sum(g.amount) AS amount, count(*) AS entries
    FROM jsonb_to_recordset($3::jsonb) AS g(at timestamptz, account text, amount numeric)
    GROUP BY 1, 2
  ), moved AS (
    INSERT INTO ledger_cursor AS c (network, kind, at, id, entries, updated_at)
    VALUES ($1, $2, $4, $5, $6, $9)
    ON CONFLICT (network, kind) DO UPDATE
    SET at = excluded.at, id = excluded.id, entries = c.entries + excluded.entries, updated_at = excluded.updated_at
    WHERE c.at IS NOT DISTINCT FROM $7 AND c.id IS NOT DISTINCT FROM $8
    RETURNING 1
  ), accounts AS (
    INSERT INTO ledger_account_1h AS l (network, kind, at, account, amount, entries)
    SELECT $1, $2, at, account, amount, entries FROM given, moved ORDER BY at, account
    ON CONFLICT (network, kind, at, account) DO UPDATE
    SET amount = l.amount + excluded.amount, entries = l.entries + excluded.entries
  ), hours AS (
    INSERT INTO ledger_1h AS l (network, kind, at, amount, entries)
    SELECT $1, $2, at, sum(amount), sum(entries) FROM given, moved GROUP BY at ORDER BY at
    ON CONFLICT (network, kind, at) DO UPDATE
    SET amount = l.amount + excluded.amount, entries = l.entries + excluded.entries
  )
  SELECT pg_notify('${noticeChannel}', $10) FROM moved`;

async function storeEntries(
  db: Database,
  { network, kind, at }: LedgerJob,
  { after, entries }: { after: LedgerCursor | null; entries: readonly LedgerEntry[] },
): Promise<void> {
  const last = entries.at(-1);
  const json = JSON.stringify(
    entries.map(({ at, accountId, amount }) => ({ at, account: accountId, amount })),
  );
  const notice = encodeNotice({ topic: "registry", network: network.id, ids: ["ledger"], at: at.getTime() });
  await db.sql(statement, [
    network.id,
    kind,
    json,
    last?.at,
    last?.id,
    entries.length,
    after?.at ?? null,
    after?.id ?? null,
    at,
    notice,
  ]);
}
