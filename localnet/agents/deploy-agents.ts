import type { AgentPage, UploadOutcome, UploadProgress } from "../../server/features/agents/schema.ts";
import type { DeploymentView } from "../../server/features/deployments/schema.ts";
import type { Rollout } from "../../server/features/rollouts/schema.ts";
import { ConsoleSession } from "./console-session.ts";
import { filesOf, type ReadyAgent, type ReadyVersion, readyAgents } from "./ready-made.ts";

export type DemoConsole = { consoleUrl: string; password: string };

/**
 * Uploads the ready-made agents and deploys them as people do, over the console's public interface: a developer to dev
 * and staging, an operator to prod, where a second one approves. What is there already stays as it is.
 */
export async function deployAgents({ consoleUrl, password }: DemoConsole): Promise<void> {
  const signIn = (role: string) => ConsoleSession.open(consoleUrl, { email: `${role}@demo.local`, password });
  const developer = await signIn("developer");
  const areThere = await Promise.all(readyAgents.map((agent) => isThere(developer, agent)));
  const missing = readyAgents.filter((_, index) => !areThere[index]);
  if (missing.length === 0) return;
  const people = { developer, operator: await signIn("operator"), admin: await signIn("admin") };
  for (const agent of missing) await deployAgent(people, agent);
}

/** As at every start but the first: nothing has to be sent to know it. */
async function isThere(developer: ConsoleSession, { agentService, versions, runs }: ReadyAgent) {
  const input = { agentService, archived: true, limit: 200 };
  const { rows } = await developer.query<AgentPage>("agents.list", input);
  return rows.some(({ versions: known, places }) => {
    const touched = places.filter(({ generation, rollout }) => generation > 0 || rollout !== null);
    const isRun = (environment: string) => touched.some((place) => place.environment === environment);
    return known >= versions.length && Object.keys(runs).every(isRun);
  });
}

type People = Record<"developer" | "operator" | "admin", ConsoleSession>;

async function deployAgent(people: People, { agentService, versions, runs }: ReadyAgent): Promise<void> {
  const cids: string[] = [];
  let agentId = "";
  for (const version of versions) {
    const registered = await upload(people.developer, { agentService, version });
    cids.push(registered.cid);
    agentId = registered.agentId;
  }
  for (const environment of ["dev", "staging", "prod"] as const) {
    const cid = cids[runs[environment] ?? -1];
    if (cid === undefined) continue;
    const place = { agentId, environment };
    const { generation, rollout } = await people.developer.query<DeploymentView>("deployments.get", place);
    if (generation > 0 || rollout !== null) continue;
    if (environment === "prod") await rollOut(people, { ...place, version: cid });
    else await apply(people.developer, { ...place, version: cid });
  }
}

type Upload = { agentService: string; version: ReadyVersion };

async function upload(session: ConsoleSession, { agentService, version }: Upload) {
  const contents = filesOf(version);
  const files = contents.map(({ name, bytes }) => ({ name, bytes: bytes.length }));
  const begun = await session.send("/api/agents/uploads", { method: "POST", json: { agentService, files } });
  const address = `/api/agents/uploads/${(begun as UploadProgress).id}`;
  for (const [file, { bytes }] of contents.entries())
    await session.send(`${address}/files/${file}/parts/1`, { method: "PUT", bytes });
  const outcome = (await session.send(`${address}/complete`, {
    method: "POST",
    json: { note: version.note },
  })) as UploadOutcome;
  if (outcome.kind === "faulty")
    throw new Error(outcome.faults.map(({ line, message }) => `line ${line}: ${message}`).join("\n"));
  return outcome.version;
}

type Deploy = { agentId: string; environment: string; version: string };

async function apply(session: ConsoleSession, { version, ...place }: Deploy): Promise<void> {
  const record = { name: "default", priority: 100, targeting: "", version, weight: 1, enabled: true };
  await session.mutate("deployments.applySet", {
    ...place,
    records: [record],
    generation: 0,
    note: "The newest one for everybody",
  });
}

async function rollOut({ operator, admin }: People, deploy: Deploy): Promise<void> {
  const { agentId, environment } = deploy;
  const { id } = await operator.mutate<Rollout>("rollouts.start", {
    ...deploy,
    plan: allAtOnce,
    note: "The first version in prod",
  });
  await admin.mutate("rollouts.approve", { agentId, environment, id });
}

const allAtOnce = {
  strategy: "all_at_once",
  steps: [],
  analysis: {
    minSample: 50,
    intervalSeconds: 10,
    errorPoints: 1,
    latencyP99Percent: 50,
    latencyIntervals: 3,
  },
  gates: { alerts: false, maxBurn: null, freeze: false },
  deadlineSeconds: 3_600,
};
