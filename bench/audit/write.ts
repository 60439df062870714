import { randomUUID } from "node:crypto";
import type { OpenDatabase } from "../../server/adapters/postgres/database.ts";
import { sealEntries } from "../../server/features/audit/seal-entries.ts";
import { changeSetting } from "../../server/features/settings/change-setting.ts";
import { systemClock } from "../../server/kernel/clock.ts";

type Writing = { db: OpenDatabase; writers: number; seconds: number };
type Written = { actions: number; msP99: number; sealedAfterMsMax: number };

/** Every writer changes a setting of its own and records that, again and again, while the sealer does its rounds. */
export async function writeConcurrently({ db, writers, seconds }: Writing): Promise<Written> {
  const until = performance.now() + seconds * 1_000;
  const took: number[] = [];
  let isWriting = true;
  let sealedAfterMsMax = 0;
  const sealing = (async () => {
    while (isWriting) {
      await sealEntries({ db, clock: systemClock });
      sealedAfterMsMax = Math.max(sealedAfterMsMax, await oldestWaitMs(db));
      await new Promise((resolve) => setTimeout(resolve, 300));
    }
  })();
  await Promise.all(
    Array.from({ length: writers }, async (_, writer) => {
      for (let turn = 0; performance.now() < until; turn += 1) {
        const startedAt = performance.now();
        await act(db, writer, turn);
        took.push(performance.now() - startedAt);
      }
    }),
  );
  isWriting = false;
  await sealing;
  while ((await sealEntries({ db, clock: systemClock })) > 0);
  took.sort((a, b) => a - b);
  const msP99 = Math.round(took[Math.floor(took.length * 0.99)] ?? 0);
  return { actions: took.length, msP99, sealedAfterMsMax: Math.round(sealedAfterMsMax) };
}

async function act(db: OpenDatabase, writer: number, turn: number): Promise<void> {
  const actor = { kind: "person" as const, id: `person-${writer}`, name: `Person ${writer}` };
  await changeSetting(
    { db, actor, clock: systemClock, requestId: randomUUID(), address: "192.0.2.18" },
    {
      key: `bench.${writer}`,
      read: (stored) => stored,
      change: () => ({ value: turn }),
      action: "setting.update",
      subject: `setting:bench.${writer}`,
      network: "mainnet",
      reason: "a benchmark",
    },
  );
}

async function oldestWaitMs(db: OpenDatabase): Promise<number> {
  const [row] = await db.sql<{ ms: number | null }>(
    `SELECT extract(epoch FROM clock_timestamp() - min(e.at))::float8 * 1000 AS ms
     FROM (SELECT entry_id FROM audit_unsealed ORDER BY entry_id LIMIT 1) u JOIN audit_entry e ON e.id = u.entry_id`,
  );
  return row?.ms ?? 0;
}
