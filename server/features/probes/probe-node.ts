import { notFound, tooMany } from "../../kernel/errors.ts";
import { networkByName } from "../../kernel/networks.ts";
import type { Ctx } from "../../ports/ctx.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { keepPartitions } from "./keep-partitions.ts";
import { toRecord } from "./rules.ts";
import { askAgainAfterMs, type ProbeEntry, type ProbeNodeInput } from "./schema.ts";
import { findSubject, type ProbeSubject, storeProbes } from "./store.ts";
import { toEntry } from "./to-entry.ts";

const limitMs = 5_000;

/** Asks one registered node now. The same node cannot be asked again for a few seconds, whoever asks. */
export async function probeNode(ctx: Ctx, input: ProbeNodeInput): Promise<ProbeEntry> {
  const { db, clock } = ctx;
  const network = networkByName(input.network).id;
  const subject = await findSubject(db.sql, { network, key: input.key });
  if (!subject) throw notFound("registered node", input.key);
  const at = clock.now();
  await takeTurn(ctx, subject, at);
  const result = await ctx.deps.nodeProbe.probe(subject.target, AbortSignal.timeout(limitMs));
  const record = toRecord({ node: subject.node, network, at, askedBy: ctx.actor.name }, result);
  await keepPartitions(db, at);
  const entry = toEntry(record);
  await db.prisma.$transaction(async (tx) => {
    await storeProbes((text, values) => tx.$executeRawUnsafe(text, ...values), [record]);
    await recordAudit(tx, ctx, {
      action: "node.probe",
      subject: `node:${input.key}`,
      network: input.network,
      after: entry,
    });
  });
  return entry;
}

async function takeTurn({ db }: Ctx, { node }: ProbeSubject, at: Date): Promise<void> {
  const taken = await db.sql(
    `INSERT INTO node_probe_state AS s (node, asked_at) VALUES ($1, $2)
     ON CONFLICT (node) DO UPDATE SET asked_at = excluded.asked_at
     WHERE s.asked_at IS NULL OR s.asked_at <= $3 RETURNING 1`,
    [node, at, new Date(at.getTime() - askAgainAfterMs)],
  );
  if (taken.length > 0) return;
  const seconds = askAgainAfterMs / 1_000;
  throw tooMany(`This node was asked less than ${seconds} s ago. Try again in a moment.`, seconds);
}
