import { parseStorableJson } from "../../kernel/storable-json.ts";
import type { LogRecord } from "../../ports/event-log.ts";
import type { Added, Cut, IngestBinding, Reading } from "../../ports/ingest-binding.ts";
import { type ReplayResult, replayResultSchema } from "./replay-contract-schema.ts";
import { ReplayTally } from "./replay-tally.ts";
import { writeReplays } from "./write-replays.ts";

/** What runtimes say of replays. Offsets make it exactly once; a word that came twice all the same is known by its events. */
export function replaysBinding(): IngestBinding {
  let pending = new ReplayTally();
  const cut = (at: Date): Cut => {
    const tally = pending;
    pending = new ReplayTally();
    return {
      times: new Map(),
      nodes: [],
      write: async (tx) => {
        const agents = await writeReplays(tx, tally, at);
        return agents.length === 0
          ? []
          : [{ topic: "replays", network: null, ids: agents, at: at.getTime() }];
      },
    };
  };
  return {
    name: "agent-replays",
    read: () => new ReplayReading(() => pending),
    pendingBytes: () => pending.bytes,
    cut,
    drop: () => {
      pending = new ReplayTally();
    },
  };
}

class ReplayReading implements Reading {
  private readonly pending: () => ReplayTally;
  private readonly results: { result: ReplayResult; bytes: number }[] = [];

  constructor(pending: () => ReplayTally) {
    this.pending = pending;
  }

  take(record: LogRecord): string | null {
    const { valueStart, valueEnd } = record;
    const result = parseResult(record.bytes.toString("utf8", valueStart, valueEnd));
    if (typeof result === "string") return result;
    this.results.push({ result, bytes: valueEnd - valueStart });
    return null;
  }

  async settle(): Promise<void> {}

  add(): Added {
    const pending = this.pending();
    let newestAt: number | null = null;
    for (const { result, bytes } of this.results) {
      pending.add(result, bytes);
      newestAt = Math.max(newestAt ?? 0, Date.parse(result.time));
    }
    return { records: this.results.length, duplicates: 0, offsets: [], names: [], newestAt };
  }
}

/** The result, or what is wrong with it. */
function parseResult(text: string): ReplayResult | string {
  try {
    const parsed = replayResultSchema.safeParse(parseStorableJson(text));
    if (parsed.success) return parsed.data;
    const [issue] = parsed.error.issues;
    return `No word of a replay: ${issue?.path.join(".") ?? ""} ${issue?.message ?? ""}`;
  } catch {
    return "The value is no JSON.";
  }
}
