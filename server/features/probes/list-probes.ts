import { z } from "zod";
import { invalid } from "../../kernel/errors.ts";
import { networkByName } from "../../kernel/networks.ts";
import { decodeCursor, encodeCursor } from "../../kernel/paging.ts";
import type { Ctx } from "../../ports/ctx.ts";
import type { ProbeRecord } from "./rules.ts";
import type { ListProbesInput, ProbePage } from "./schema.ts";
import { toEntry } from "./to-entry.ts";

/** What a node's probes gave, newest first, as far back as they are kept. */
export async function listProbes({ db }: Pick<Ctx, "db">, input: ListProbesInput): Promise<ProbePage> {
  const before = input.cursor ? positionOf(input.cursor) : null;
  const rows = await db.sql<Omit<ProbeRecord, "node" | "network">>(
    `SELECT p.at, p.kind, p.asked_by AS "askedBy", p.latency_ms AS "latencyMs", p.http_status AS "httpStatus",
            p.reason, p.detail, p.version, p.clock_skew_ms AS "clockSkewMs"
     FROM node_probe p JOIN ddc_node n ON n.id = p.node
     WHERE n.network = $1 AND n.node_key = $2 AND ($3::timestamptz IS NULL OR p.at < $3::timestamptz)
     ORDER BY p.at DESC LIMIT $4`,
    [networkByName(input.network).id, input.key, before, input.limit + 1],
  );
  const page = rows.slice(0, input.limit);
  const last = page.at(-1);
  const next = rows.length > page.length && last ? encodeCursor([last.at.toISOString()]) : null;
  return { rows: page.map(toEntry), next };
}

const positionSchema = z.tuple([z.iso.datetime()]);

function positionOf(cursor: string): string {
  const position = positionSchema.safeParse(decodeCursor(cursor, 1));
  if (!position.success) throw invalid("This page link is damaged. Start again from the first page.");
  return position.data[0];
}
