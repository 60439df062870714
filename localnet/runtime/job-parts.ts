import { z } from "zod";
import {
  type AgentEvent,
  type Content,
  contentSchema,
  type LogLine,
  type Task,
} from "../../server/features/deployments/desired-state-schema.ts";
import { pieceId, textOf } from "../content/content-id.ts";
import type { Handled } from "./live-set.ts";

type JobParts = { tasks: Task[]; logs: LogLine[]; inputs: Content[]; outputs: Content[] };

/** What a job did, for the console: its one task, its words, and what it read and made by CID. */
export function partsOfJob(event: AgentEvent, handled: Handled & { startedAt: string }): JobParts {
  const { engagement, handler, startedAt, tookMs, said, result } = handled;
  const error = result.kind === "failed" ? result.error : null;
  return {
    tasks: [{ id: engagement, handler, startedAt, tookMs, error }],
    logs: said.map((line) => ({ ...line, task: engagement })),
    inputs: [hashed("event", JSON.stringify(event)), ...contentsNamedIn(event.payload)],
    outputs: result.kind === "finished" && result.output !== null ? [hashed("output", result.output)] : [],
  };
}

/** Not in DDC: named by what its bytes would be there. */
function hashed(name: string, text: string): Content {
  const bytes = Buffer.from(text);
  return { cid: textOf(pieceId(bytes)), name, network: null, bucket: null, bytes: bytes.length };
}

const namedSchema = contentSchema.pick({ cid: true }).extend({
  network: contentSchema.shape.network.unwrap(),
  bucket: contentSchema.shape.bucket.unwrap(),
});

/** Fields of the payload that name a content: `{ network, bucket, cid }`. */
function contentsNamedIn(payload: unknown): Content[] {
  const fields = z.record(z.string(), z.unknown()).safeParse(payload);
  if (!fields.success) return [];
  return Object.entries(fields.data).flatMap(([name, value]) => {
    if (typeof value !== "object" || value === null) return [];
    const named = namedSchema.safeParse(value);
    return named.success ? [{ ...named.data, name: name.slice(0, 200), bytes: null }] : [];
  });
}
