import type { Client } from "pg";
import { copyRows } from "../../localnet/chain/copy-rows.ts";
import { type Manifest, manifestSchema } from "../../server/features/agents/manifest-schema.ts";
import {
  agentCount,
  type PlannedAgent,
  type PlannedVersion,
  plannedAgent,
  plannedVersion,
} from "./registry-plan.ts";

const agentsPerCopy = 1_000;
const everyHowManyth = { dev: 2, staging: 4, prod: 5 } as const;
const setsOfPlace = 3;

type Row = (string | number | boolean | null)[];
type Rows = { agents: Row[]; versions: Row[]; deployments: Row[]; sets: Row[] };

const tables = {
  agents: [
    "agent",
    "id, alias, agent_service, description, created_at, created_by, versions, latest_cid, latest_semver, latest_state, changed_at, changed_by",
  ],
  versions: [
    "agent_version",
    "agent_id, cid, semver, state, manifest, manifest_text, bundle_cid, bundle_bytes, files, total_bytes, note, uploaded_at, uploaded_by, uploaded_by_id, state_changed_at, verified_at",
  ],
  deployments: ["deployment", "agent_id, environment, generation, records, applied_at"],
  sets: [
    "deployment_set",
    "agent_id, environment, generation, records, cause, author_id, author_name, note, applied_at",
  ],
} as const satisfies Record<keyof Rows, readonly [string, string]>;

/**
 * Agents with their versions and what they run where, by COPY; triggers and constraints work as in production. Goes on
 * where an earlier run was interrupted.
 */
export async function fillRegistry(client: Client, say: (line: string) => void): Promise<void> {
  const startedAt = performance.now();
  for (let first = await agentsIn(client); first < agentCount; first += agentsPerCopy) {
    const rows: Rows = { agents: [], versions: [], deployments: [], sets: [] };
    for (let index = first; index < first + agentsPerCopy; index++) addAgent(rows, index);
    await client.query("BEGIN");
    for (const part of ["agents", "versions", "deployments", "sets"] as const) {
      const [table, columns] = tables[part];
      await copyRows(client, { table, columns, rows: rows[part] });
    }
    await client.query("COMMIT");
  }
  await client.query("VACUUM (ANALYZE) agent, agent_version, deployment, deployment_set, known_entity");
  say(`${agentCount} agents were copied in ${Math.round((performance.now() - startedAt) / 1_000)} s`);
}

function addAgent(rows: Rows, index: number): void {
  const agent = plannedAgent(index);
  const newest = plannedVersion(index, agent.versions - 1);
  const changedAt = newest.uploadedAt.toISOString();
  rows.agents.push([
    agent.id,
    agent.alias,
    agent.agentService,
    agent.description,
    plannedVersion(index, 0).uploadedAt.toISOString(),
    "Bench",
    agent.versions,
    newest.cid,
    newest.semver,
    newest.state,
    changedAt,
    "Bench",
  ]);
  const manifest = manifestOf(agent);
  for (let number = 0; number < agent.versions; number++)
    rows.versions.push(versionRow(agent, { ...plannedVersion(index, number), manifest, number }));
  for (const [environment, every] of Object.entries(everyHowManyth))
    if (index % every === 0) addPlace(rows, { index, environment });
}

function manifestOf({ alias, description }: PlannedAgent): Manifest {
  return manifestSchema.parse({
    alias,
    version: "1.0.0",
    title: alias,
    description,
    requiredScopes: ["default"],
    engagements: [{ id: "work", event: "meeting.ended", handler: "onMeetingEnded" }],
    handlers: { onMeetingEnded: { timeout: 5, memoryMiB: 32 } },
    params: {
      maxWords: { type: "integer", default: 12, minimum: 4, maximum: 200, title: "Words of a summary" },
    },
  });
}

type VersionParts = PlannedVersion & { manifest: Manifest; number: number };

function versionRow(
  { id }: PlannedAgent,
  { cid, semver, state, uploadedAt, number, ...parts }: VersionParts,
): Row {
  const manifest = { ...parts.manifest, version: semver };
  const bundleCid = cid.replace("baear4i", "bafkr4i");
  const files = [
    { name: "bundle.js", cid: bundleCid, bytes: 18_000 },
    { name: "manifest.json", cid: cid.replace("baear4i", "bafkr4j"), bytes: 700 },
  ];
  const at = uploadedAt.toISOString();
  return [
    id,
    cid,
    semver,
    state,
    JSON.stringify(manifest),
    JSON.stringify(manifest, null, 2),
    bundleCid,
    18_000,
    JSON.stringify(files),
    18_700,
    `Change ${number}`,
    at,
    "Bench",
    "bench",
    at,
    at,
  ];
}

function addPlace(rows: Rows, { index, environment }: { index: number; environment: string }): void {
  const { id, versions } = plannedAgent(index);
  const newest = plannedVersion(index, versions - 1);
  const records = JSON.stringify([recordOf(newest.cid)]);
  for (let generation = 1; generation <= setsOfPlace; generation++) {
    const at = new Date(newest.uploadedAt.getTime() + generation * 1_000).toISOString();
    rows.sets.push([
      id,
      environment,
      generation,
      records,
      "person",
      "bench",
      "Bench",
      `SET ${generation}`,
      at,
    ]);
    if (generation === setsOfPlace) rows.deployments.push([id, environment, generation, records, at]);
  }
}

function recordOf(version: string) {
  return {
    name: "default",
    priority: 100,
    targeting: "",
    version,
    weight: 1,
    enabled: true,
    params: {},
    engagements: {},
    expiresAt: null,
  };
}

async function agentsIn(client: Client): Promise<number> {
  const { rows } = await client.query<{ n: number }>("SELECT count(*)::int AS n FROM agent");
  return rows[0]?.n ?? 0;
}
