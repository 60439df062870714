import type { AgentEvent, DesiredState } from "../../server/features/deployments/desired-state-schema.ts";
import type { DeploymentRecord } from "../../server/features/deployments/schema.ts";
import { fetchBundle } from "./bundle-store.ts";
import type { LiveConfig } from "./live-config.ts";
import { Sandbox, type SandboxLimits } from "./sandbox.ts";

type Version = DesiredState["data"]["versions"][string];
type Handling = {
  cid: string;
  manifest: Version["manifest"];
  record: Pick<DeploymentRecord, "params" | "engagements">;
  config: LiveConfig;
};
export type Call = { engagement: string; handler: string; argument: unknown; timeoutMs: number };

const loadMemoryMiB = 128;
const usualTimeoutSeconds = 30;

/** What a version does with an event: the engagement that it meets, and what its handler is given. Null = nothing. */
export function callOf(event: AgentEvent, { cid, manifest, record, config }: Handling): Call | null {
  const engagement = manifest.engagements.find(
    ({ id, event: type, enabled }) =>
      type === event.event_type && (record.engagements[id]?.enabled ?? enabled),
  );
  if (!engagement) return null;
  const { id, handler, timeout } = engagement;
  const seconds = timeout ?? manifest.handlers[handler]?.timeout ?? usualTimeoutSeconds;
  const argument = {
    ...event,
    params: { ...defaultsOf(manifest.params), ...record.params },
    ...config.for(cid, manifest),
  };
  return { engagement: id, handler, argument, timeoutMs: seconds * 1_000 };
}

/** A version's code in a sandbox of its own, with the memory that its handlers may have. */
export async function loadSandbox(
  folder: string,
  { bundleCid, manifest }: Pick<Version, "bundleCid" | "manifest">,
  limits: Pick<SandboxLimits, "outputChars"> = {},
): Promise<Sandbox> {
  const code = await fetchBundle(folder, bundleCid);
  const memoryMiB = Math.max(16, ...Object.values(manifest.handlers).map((handler) => handler.memoryMiB));
  const limit = Object.keys(manifest.handlers).length === 0 ? loadMemoryMiB : memoryMiB;
  return Sandbox.load(code, { ...limits, memoryBytes: limit * 2 ** 20 });
}

function defaultsOf(fields: Version["manifest"]["params"]): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, field]) =>
      field.default === undefined ? [] : [[name, field.default]],
    ),
  );
}
