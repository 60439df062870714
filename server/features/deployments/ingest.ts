import type { Notice } from "../../kernel/notice.ts";
import { parseStorableJson } from "../../kernel/storable-json.ts";
import type { LogRecord } from "../../ports/event-log.ts";
import type { Added, Cut, IngestBinding, Reading } from "../../ports/ingest-binding.ts";
import { type AgentStatus, agentStatusSchema } from "./desired-state-schema.ts";
import { StatusTally } from "./status-tally.ts";
import { writeStatus } from "./write-status.ts";

const bytesOfStatus = 600;

/** What runtimes say of themselves and of jobs. Offsets make it exactly once; nothing is named by itself. */
export function agentStatusBinding(): IngestBinding {
  let pending = new StatusTally();
  const cut = (at: Date): Cut => {
    const tally = pending;
    pending = new StatusTally();
    return {
      times: new Map(),
      nodes: [],
      write: async (tx) => {
        if (tally.size === 0) return [];
        await writeStatus(tx, tally);
        return [noticeOf(tally, at)];
      },
    };
  };
  return {
    name: "agent-status",
    read: () => new StatusReading(() => pending),
    pendingBytes: () => pending.size * bytesOfStatus,
    cut,
    drop: () => {
      pending = new StatusTally();
    },
  };
}

function noticeOf(tally: StatusTally, at: Date): Notice {
  return { topic: "agents.status", network: null, ids: [...tally.agents], at: at.getTime() };
}

class StatusReading implements Reading {
  private readonly pending: () => StatusTally;
  private readonly statuses: AgentStatus[] = [];

  constructor(pending: () => StatusTally) {
    this.pending = pending;
  }

  take(record: LogRecord): string | null {
    const status = parseStatus(record.bytes.toString("utf8", record.valueStart, record.valueEnd));
    if (typeof status === "string") return status;
    this.statuses.push(status);
    return null;
  }

  async settle(): Promise<void> {}

  add(): Added {
    const pending = this.pending();
    let newestAt: number | null = null;
    for (const status of this.statuses) {
      pending.add(status);
      newestAt = Math.max(newestAt ?? 0, Date.parse(status.time));
    }
    return { records: this.statuses.length, duplicates: 0, offsets: [], names: [], newestAt };
  }
}

/** The status, or what is wrong with it. */
function parseStatus(text: string): AgentStatus | string {
  try {
    const parsed = agentStatusSchema.safeParse(parseStorableJson(text));
    if (parsed.success) return parsed.data;
    const [issue] = parsed.error.issues;
    return `No agent status: ${issue?.path.join(".") ?? ""} ${issue?.message ?? ""}`;
  } catch {
    return "The value is no JSON.";
  }
}
