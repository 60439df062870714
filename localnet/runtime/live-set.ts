import type { AgentEvent, DesiredState } from "../../server/features/deployments/desired-state-schema.ts";
import { buildRoutes, chooseRecord, type Route } from "../../server/features/deployments/routing-rules.ts";
import type { DeploymentRecord } from "../../server/features/deployments/schema.ts";
import { fetchBundle } from "./bundle-store.ts";
import type { FaultBoard } from "./fault-board.ts";
import type { LiveConfig } from "./live-config.ts";
import { type HandlerResult, type SaidLine, Sandbox } from "./sandbox.ts";

type Data = DesiredState["data"];
type Version = Data["versions"][string];

export type Handled = {
  record: DeploymentRecord;
  /** The engagement that the event met. */
  engagement: string;
  handler: string;
  result: HandlerResult;
  tookMs: number;
  said: readonly SaidLine[];
};

const loadMemoryMiB = 128;

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
      sandboxes.set(cid, before?.sandboxes.get(cid) ?? (await load(folder, version)));
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
    const engagement = manifest.engagements.find(
      ({ id, event: type, enabled }) =>
        type === event.event_type && (record.engagements[id]?.enabled ?? enabled),
    );
    if (!engagement) return null;
    const seconds = engagement.timeout ?? manifest.handlers[engagement.handler]?.timeout ?? 30;
    const startedAt = performance.now();
    const argument = {
      ...event,
      params: { ...defaultsOf(manifest.params), ...record.params },
      ...config.for(record.version, manifest),
    };
    const { alias, version: semver } = manifest;
    const result = faults.run({ cid: record.version, alias, semver }, sandbox, () =>
      sandbox.run(engagement.handler, argument, { timeoutMs: seconds * 1_000 }),
    );
    const tookMs = performance.now() - startedAt;
    const { id, handler } = engagement;
    const said = sandbox.log().map((line) => ({ ...line, text: config.hide(line.text) }));
    return { record, engagement: id, handler, result: withoutSecrets(result, config), tookMs, said };
  }
}

/** What a handler says is stored and shown: a secret that it says is not. */
function withoutSecrets(result: HandlerResult, config: LiveConfig): HandlerResult {
  if (result.kind === "finished") return { ...result, output: result.output && config.hide(result.output) };
  return { ...result, error: config.hide(result.error), stack: result.stack && config.hide(result.stack) };
}

async function load(folder: string, { bundleCid, manifest }: Version): Promise<Sandbox> {
  const code = await fetchBundle(folder, bundleCid);
  const memoryMiB = Math.max(16, ...Object.values(manifest.handlers).map((handler) => handler.memoryMiB));
  const limit = Object.keys(manifest.handlers).length === 0 ? loadMemoryMiB : memoryMiB;
  return Sandbox.load(code, { memoryBytes: limit * 2 ** 20 });
}

function defaultsOf(fields: Version["manifest"]["params"]): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, field]) =>
      field.default === undefined ? [] : [[name, field.default]],
    ),
  );
}
