import { randomUUID } from "node:crypto";
import {
  type AgentEvent,
  type AgentStatus,
  type DesiredState,
  statusTypes,
} from "../../server/features/deployments/desired-state-schema.ts";
import { LiveSet } from "./live-set.ts";

export type InstancePlace = {
  instance: string;
  region: string;
  environment: DesiredState["data"]["environment"];
};
type Data = DesiredState["data"];

/** One instance of the runtime: what it was told, and what it says of what it did. It talks to nobody itself. */
export class RuntimeInstance {
  readonly place: InstancePlace;
  private readonly folder: string;
  private readonly say: (status: AgentStatus) => void;
  private readonly sets = new Map<string, LiveSet>();
  /** Changes of one agent follow each other. */
  private readonly changing = new Map<string, Promise<void>>();

  constructor(place: InstancePlace, options: { folder: string; say(status: AgentStatus): void }) {
    this.place = place;
    this.folder = options.folder;
    this.say = options.say;
  }

  /** Resolves when it runs, or was refused; what is older than what runs is ignored. */
  async take(data: Data): Promise<void> {
    const before = this.changing.get(data.agentId) ?? Promise.resolve();
    const change = before.then(() => this.change(data));
    this.changing.set(data.agentId, change);
    await change;
  }

  private async change(data: Data): Promise<void> {
    const before = this.sets.get(data.agentId) ?? null;
    if (before && before.data.generation >= data.generation) return;
    let fault: string | null = null;
    try {
      const after = await LiveSet.load(data, { folder: this.folder, before });
      this.sets.set(data.agentId, after);
    } catch (error) {
      fault = (error instanceof Error ? error.message : String(error)).slice(0, 1_000);
    }
    const { agentId, generation } = data;
    this.say({
      ...this.envelope(),
      type: statusTypes.acknowledged,
      data: { ...this.of(agentId), generation, fault },
    });
  }

  handle(event: AgentEvent): number {
    let handled = 0;
    for (const [agentId, set] of this.sets) {
      const startedAt = new Date().toISOString();
      const done = set.handle(event);
      if (!done) continue;
      handled++;
      const { record, result, tookMs } = done;
      const job = {
        ...this.of(agentId),
        version: record.version,
        record: record.name,
        eventId: event.id,
        eventType: event.event_type,
        vaultId: event.account_id,
        vaultScope: event.context_path.workspace ?? "default",
        startedAt,
        tookMs,
      };
      if (result.kind === "finished")
        this.say({ ...this.envelope(), type: statusTypes.finished, data: { ...job, output: result.output } });
      else {
        const { error, stack } = result;
        this.say({
          ...this.envelope(),
          type: statusTypes.failed,
          data: { ...job, output: null, error, stack },
        });
      }
    }
    return handled;
  }

  heartbeat(): void {
    for (const [agentId, { data }] of this.sets)
      this.say({
        ...this.envelope(),
        type: statusTypes.heartbeat,
        data: { ...this.of(agentId), generation: data.generation },
      });
  }

  /** Agents that it runs, with the events that they are for. */
  served(): { agentService: string; events: string[] }[] {
    return [...this.sets.values()].map(({ data }) => ({
      agentService: data.agentId.slice(0, data.agentId.indexOf(":")),
      events: [
        ...new Set(
          data.records.flatMap(({ version }) =>
            (data.versions[version]?.manifest.engagements ?? []).map(({ event }) => event),
          ),
        ),
      ],
    }));
  }

  private of(agentId: string) {
    return { agentId, ...this.place };
  }

  private envelope() {
    return {
      specversion: "1.0" as const,
      id: randomUUID(),
      source: `/runtime/${this.place.instance}`,
      time: new Date().toISOString(),
    };
  }
}
