import { randomUUID } from "node:crypto";
import type { JWK } from "jose";
import {
  type AgentEvent,
  type AgentStatus,
  type DesiredState,
  statusTypes,
} from "../../server/features/deployments/desired-state-schema.ts";
import type { FaultBoard } from "./fault-board.ts";
import { partsOfJob } from "./job-parts.ts";
import { LiveConfig } from "./live-config.ts";
import { LiveSet } from "./live-set.ts";

export type InstancePlace = {
  instance: string;
  region: string;
  environment: DesiredState["data"]["environment"];
};
export type InstanceOptions = {
  /** The folder of the object store. */
  folder: string;
  /** Opens secrets of the environment; null = it cannot. */
  secretsKey: JWK | null;
  faults: FaultBoard;
  say(status: AgentStatus): void;
};
type Data = DesiredState["data"];
/** What is in use of an agent: both parts change in one step, so an event sees one pair. */
type Live = { set: LiveSet | null; config: LiveConfig };
/** What came of loading a part: null = there was nothing newer. */
type Loaded<Part> = { part: Part; fault: null } | { part: null; fault: string } | null;

/** One instance of the runtime: what it was told, and what it says of what it did. It talks to nobody itself. */
export class RuntimeInstance {
  readonly place: InstancePlace;
  private readonly options: InstanceOptions;
  private readonly live = new Map<string, Live>();
  /** Changes of one agent follow each other. */
  private readonly changing = new Map<string, Promise<void>>();

  constructor(place: InstancePlace, options: InstanceOptions) {
    this.place = place;
    this.options = options;
  }

  /** Resolves when it runs, or was refused; what is older than what runs is ignored. */
  async take(data: Data): Promise<void> {
    const before = this.changing.get(data.agentId) ?? Promise.resolve();
    const change = before.then(() => this.change(data));
    this.changing.set(data.agentId, change);
    await change;
  }

  private async change(data: Data): Promise<void> {
    const { agentId, generation, config: desired } = data;
    const before = this.live.get(agentId) ?? { set: null, config: LiveConfig.none };
    const { folder, secretsKey: key } = this.options;
    const [set, config] = await Promise.all([
      (before.set?.data.generation ?? 0) < generation
        ? attempt(() => LiveSet.load(data, { folder, before: before.set }))
        : null,
      before.config.revision < desired.revision
        ? attempt(() => LiveConfig.open(desired, { agentId, key }))
        : null,
    ]);
    this.live.set(agentId, { set: set?.part ?? before.set, config: config?.part ?? before.config });
    if (set) {
      const said = { ...this.of(agentId), generation, fault: set.fault };
      this.options.say({ ...this.envelope(), type: statusTypes.acknowledged, data: said });
    }
    if (config) {
      const said = { ...this.of(agentId), revision: desired.revision, fault: config.fault };
      this.options.say({ ...this.envelope(), type: statusTypes.configAcknowledged, data: said });
    }
  }

  handle(event: AgentEvent): number {
    let handled = 0;
    for (const [agentId, { set, config }] of this.live) {
      const startedAt = new Date().toISOString();
      const done = set?.handle(event, { config, faults: this.options.faults });
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
        ...partsOfJob(event, { ...done, startedAt }),
      };
      const { say } = this.options;
      if (result.kind === "finished")
        say({ ...this.envelope(), type: statusTypes.finished, data: { ...job, output: result.output } });
      else {
        const { error, stack } = result;
        say({ ...this.envelope(), type: statusTypes.failed, data: { ...job, output: null, error, stack } });
      }
    }
    return handled;
  }

  heartbeat(): void {
    for (const [agentId, { set, config }] of this.live)
      if (set) {
        const said = { ...this.of(agentId), generation: set.data.generation, revision: config.revision };
        this.options.say({ ...this.envelope(), type: statusTypes.heartbeat, data: said });
      }
  }

  /** Agents that it runs, with the events that they are for. */
  served(): { agentService: string; events: string[] }[] {
    const sets = [...this.live.values()].flatMap(({ set }) => set ?? []);
    return sets.map(({ data }) => ({
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

/** What cannot be had is said, and what was before stays in use. */
async function attempt<Part>(load: () => Promise<Part>): Promise<Loaded<Part>> {
  try {
    return { part: await load(), fault: null };
  } catch (error) {
    return { part: null, fault: (error instanceof Error ? error.message : String(error)).slice(0, 1_000) };
  }
}
