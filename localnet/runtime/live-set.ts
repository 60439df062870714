import type { AgentEvent, DesiredState } from "../../server/features/deployments/desired-state-schema.ts";
import { buildRoutes, chooseRecord, type Route } from "../../server/features/deployments/routing-rules.ts";
import type { DeploymentRecord } from "../../server/features/deployments/schema.ts";
import { callOf, loadSandbox } from "./call-of.ts";
import type { FaultBoard } from "./fault-board.ts";
import type { LiveConfig } from "./live-config.ts";
import type { HandlerResult, SaidLine, Sandbox } from "./sandbox.ts";

type Data = DesiredState["data"];

export type Handled = {
  record: DeploymentRecord;
  /** The engagement that the event met. */
  engagement: string;
  handler: string;
  result: HandlerResult;
  tookMs: number;
  said: readonly SaidLine[];
};

/** A SET with all its versions loaded: whole before it takes the place of the one before. */
export class LiveSet {
  readonly data: Data;
  private readonly routes: readonly Route[];
  private readonly sandboxes: ReadonlyMap<string, Sandbox>;

  private constructor(data: Data, sandboxes: ReadonlyMap<string, Sandbox>) {
    this.data = data;
    this.routes = buildRoutes(data.records);
    this.sandboxes = sandboxes;
  }

  /** Takes over what the SET before has loaded already. Throws when a version cannot be had; then that SET goes on. */
  static async load(
    data: Data,
    { folder, before }: { folder: string; before: LiveSet | null },
  ): Promise<LiveSet> {
    const sandboxes = new Map<string, Sandbox>();
    for (const cid of new Set(data.records.map(({ version }) => version))) {
      const version = data.versions[cid];
      if (!version) throw new Error(`The SET does not say what ${cid} is.`);
      sandboxes.set(cid, before?.sandboxes.get(cid) ?? (await loadSandbox(folder, version)));
    }
    return new LiveSet(data, sandboxes);
  }

  /** Null when the agent is not concerned. Nothing waits in here, so an event is handled by one SET, whole. */
  handle(event: AgentEvent, { config, faults }: { config: LiveConfig; faults: FaultBoard }): Handled | null {
    const { agentId } = this.data;
    if (event.context_path.agent_service !== agentId.slice(0, agentId.indexOf(":"))) return null;
    const facts = {
      vault: { id: event.account_id, scope: event.context_path.workspace ?? "default" },
      event: { type: event.event_type },
    };
    const record = chooseRecord(this.routes, { agentId, facts, at: Date.now() });
    const manifest = record && this.data.versions[record.version]?.manifest;
    const sandbox = record && this.sandboxes.get(record.version);
    if (!record || !manifest || !sandbox) return null;
    const call = callOf(event, { cid: record.version, manifest, record, config });
    if (!call) return null;
    const { engagement, handler, argument, timeoutMs } = call;
    const startedAt = performance.now();
    const { alias, version: semver } = manifest;
    const result = faults.run({ cid: record.version, alias, semver }, sandbox, () =>
      sandbox.run(handler, argument, { timeoutMs }),
    );
    const tookMs = performance.now() - startedAt;
    const said = sandbox.log().map((line) => ({ ...line, text: config.hide(line.text) }));
    return { record, engagement, handler, result: config.hideIn(result), tookMs, said };
  }
}
