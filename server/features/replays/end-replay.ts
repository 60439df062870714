import { randomUUID } from "node:crypto";
import type { Transaction } from "../../ports/database.ts";
import { replayRequestTypes } from "./replay-contract-schema.ts";
import { announceReplays, askRuntime, type ReplayRow } from "./replay-rows.ts";
import type { ReplayState } from "./replay-rules.ts";

type End = { state: Exclude<ReplayState, "asked" | "running">; reason: string | null; at: Date };

/** Ends one that is open, for the console and, if it lives, for the runtime; its row is locked by the caller. */
export async function endReplay(
  tx: Transaction,
  { id, agentId, environment, instance }: Pick<ReplayRow, "id" | "agentId" | "environment" | "instance">,
  { state, reason, at }: End,
): Promise<void> {
  await tx.$executeRaw`
    UPDATE replay SET state = ${state}, reason = ${reason}, ended_at = ${at} WHERE id = ${id}::bigint AND ended_at IS NULL`;
  const request = {
    specversion: "1.0" as const,
    id: randomUUID(),
    source: "/console/replays",
    type: replayRequestTypes.cancelled,
    subject: `${environment}/${agentId}`,
    time: at.toISOString(),
    data: { replay: id, agentId, environment, instance },
  };
  await askRuntime(tx, request, at);
  await announceReplays(tx, agentId, at);
}
