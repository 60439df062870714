import { latencyBin } from "../../kernel/latency.ts";
import { type AgentStatus, statusTypes } from "./desired-state-schema.ts";

export const slotMs = 10_000;
type Jobs = Extract<AgentStatus, { data: { eventId: string } }>;
export type ConfigWords = Extract<AgentStatus, { type: typeof statusTypes.configAcknowledged }>;
type Words = Exclude<AgentStatus, Jobs | ConfigWords>;

type Slot = {
  agent: string;
  environment: string;
  version: string;
  at: number;
  finished: number;
  failed: number;
  bins: Map<number, number>;
};

/** What waits for the next flush, merged: counts by slot, the last word of each instance, jobs that are kept. */
export class StatusTally {
  size = 0;
  readonly agents = new Set<string>();
  readonly slots = new Map<string, Slot>();
  readonly words = new Map<string, Words>();
  /** In the order in which they were said. */
  readonly configWords: ConfigWords[] = [];
  readonly jobs: Jobs[] = [];
  private readonly sampled = new Set<string>();

  add(status: AgentStatus): void {
    this.size++;
    this.agents.add(status.data.agentId);
    if (isJob(status)) this.addJob(status);
    else if (status.type === statusTypes.configAcknowledged) this.configWords.push(status);
    else this.addWord(status);
  }

  /** Of two words about the same generation the earlier acknowledgement counts: it says how long it took. */
  private addWord(status: Words): void {
    const { agentId, environment, instance } = status.data;
    this.words.set(`${agentId}\n${environment}\n${instance}\n${status.type}`, status);
  }

  private addJob(status: Jobs): void {
    const { agentId, environment, version, instance, startedAt, tookMs } = status.data;
    const endedAt = Date.parse(startedAt) + tookMs;
    const at = endedAt - (endedAt % slotMs);
    const key = `${agentId}\n${environment}\n${version}\n${at}`;
    const slot = this.slots.get(key) ?? {
      agent: agentId,
      environment,
      version,
      at,
      finished: 0,
      failed: 0,
      bins: new Map(),
    };
    if (status.type === statusTypes.failed) slot.failed++;
    else slot.finished++;
    const bin = latencyBin(tookMs * 1_000);
    slot.bins.set(bin, (slot.bins.get(bin) ?? 0) + 1);
    this.slots.set(key, slot);
    const sample = `${key}\n${instance}`;
    if (status.type !== statusTypes.failed && this.sampled.has(sample)) return;
    this.sampled.add(sample);
    this.jobs.push(status);
  }
}

export function isJob(status: AgentStatus): status is Jobs {
  return status.type === statusTypes.finished || status.type === statusTypes.failed;
}
