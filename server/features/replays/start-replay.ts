import { randomUUID } from "node:crypto";
import { conflict, invalid, notFound } from "../../kernel/errors.ts";
import type { Ctx } from "../../ports/ctx.ts";
import type { Sql, Transaction } from "../../ports/database.ts";
import { findConfig } from "../agent-config/find-config.ts";
import { verifyVersion } from "../agents/verify-version.ts";
import { recordAudit } from "../audit/record-audit.ts";
import {
  findDeployment,
  loadVersions,
  lockPlace,
  type StoredVersion,
  sqlOf,
} from "../deployments/deployment-rows.ts";
import { findDefault } from "../deployments/set-rules.ts";
import { findRuntime } from "./get-plan.ts";
import { type ReplayAsked, replayRequestTypes } from "./replay-contract-schema.ts";
import { announceReplays, askRuntime, getReplayRow, toReplay } from "./replay-rows.ts";
import { acceptWithinMs, isReplayable, longestReplayMs, windowOf } from "./replay-rules.ts";
import type { Replay, StartReplayInput } from "./schema.ts";

const verifyMs = 60_000;

/** Asks a runtime of the environment to run a window of events through two versions, under the configuration of now. */
export async function startReplay(ctx: Ctx, input: StartReplayInput): Promise<Replay> {
  const { agentId } = input;
  if (input.stable === input.candidate)
    throw invalid("Both are the same version: there is nothing to compare.");
  const window = windowOf({ from: new Date(input.from), to: new Date(input.to) }, ctx.clock.now());
  if (window.kind === "refused") throw invalid(window.why);
  const versions = await requireVersions(ctx, input);
  const id = await ctx.db.prisma.$transaction(async (tx) => {
    await lockPlace(tx, input);
    const parts = await gather(sqlOf(tx), input);
    return insertReplay(tx, ctx, { input, window, ...versions, ...parts });
  });
  return toReplay(await getReplayRow(ctx.db.sql, { agentId, id }));
}

type Versions = { stable: StoredVersion; candidate: StoredVersion };

/** Both as they may run, their bytes hashed again. */
async function requireVersions(ctx: Ctx, input: StartReplayInput): Promise<Versions> {
  const { agentId, eventTypes } = input;
  const known = await loadVersions(ctx.db.sql, agentId, [input.stable, input.candidate]);
  const requireOne = (cid: string) => {
    const version = known.find((one) => one.cid === cid);
    if (!version) throw notFound("version", cid);
    if (!isReplayable(version.state))
      throw conflict(
        `${version.semver} is ${version.state}: only a version that was validated can be replayed.`,
      );
    return version;
  };
  const versions = { stable: requireOne(input.stable), candidate: requireOne(input.candidate) };
  const engaged = Object.values(versions).flatMap(({ manifest }) =>
    manifest.engagements.map(({ event }) => event),
  );
  const unknown = eventTypes.find((type) => !engaged.includes(type));
  if (unknown) throw invalid(`Neither version engages events of type ${unknown}.`);
  for (const { cid } of Object.values(versions))
    await verifyVersion(ctx, { agentId, cid }, AbortSignal.timeout(verifyMs));
  return versions;
}

type Parts = { instance: string } & Pick<ReplayAsked, "record" | "config">;

/** What is in force there, which both versions are given. */
async function gather(sql: Sql, place: StartReplayInput): Promise<Parts> {
  const [open] = await sql<{ id: string }>(
    "SELECT id::text AS id FROM replay WHERE agent_id = $1 AND environment = $2 AND ended_at IS NULL",
    [place.agentId, place.environment],
  );
  if (open) throw conflict(`Replay ${open.id} is under way here. One at a time: wait for it, or cancel it.`);
  const runtime = await findRuntime(sql, place);
  if (!runtime)
    throw conflict(
      `No runtime of ${place.environment} has ever run this agent. Deploy a version there first.`,
    );
  const deployment = await findDeployment(sql, place);
  const config = await findConfig(sql, place);
  const { params = {}, engagements = {} } = findDefault(deployment?.records ?? []) ?? {};
  const secrets = Object.entries(config?.secrets ?? {}).map(([name, { sealed }]) => [name, sealed]);
  return {
    instance: runtime.instance,
    record: { params, engagements },
    config: {
      revision: config?.revision ?? 0,
      settings: config?.settings ?? {},
      secrets: Object.fromEntries(secrets),
    },
  };
}

type Insert = Versions & Parts & { input: StartReplayInput; window: { from: Date; to: Date } };

async function insertReplay(tx: Transaction, ctx: Ctx, parts: Insert): Promise<string> {
  const { input, window, instance, config } = parts;
  const { agentId, environment, stable, candidate, eventTypes, maxEvents } = input;
  const { actor, clock } = ctx;
  const at = clock.now();
  const acceptBy = new Date(at.getTime() + acceptWithinMs);
  const deadline = new Date(at.getTime() + longestReplayMs);
  const rows = await tx.$queryRaw<{ id: string }[]>`
    INSERT INTO replay (agent_id, environment, stable, candidate, window_from, window_to, event_types, max_events,
      config_revision, instance, state, asked_by_id, asked_by_name, asked_at, accept_by, deadline)
    VALUES (${agentId}, ${environment}, ${stable}, ${candidate}, ${window.from}, ${window.to}, ${eventTypes},
      ${maxEvents}, ${config.revision}, ${instance}, 'asked', ${actor.id}, ${actor.name}, ${at}, ${acceptBy}, ${deadline})
    RETURNING id::text AS id`;
  const id = rows[0]?.id ?? "";
  await askRuntime(tx, requestOf(id, { ...parts, at, acceptBy, deadline }), at);
  await recordAudit(tx, ctx, {
    action: "replay.start",
    subject: `replay:${id}`,
    before: null,
    after: {
      agentId,
      environment,
      stable,
      candidate,
      from: window.from.toISOString(),
      to: window.to.toISOString(),
      eventTypes,
      maxEvents,
      configRevision: config.revision,
      instance,
    },
  });
  await announceReplays(tx, agentId, at);
  return id;
}

function requestOf(replay: string, parts: Insert & { at: Date; acceptBy: Date; deadline: Date }) {
  const { input, window, instance, record, config, at, acceptBy, deadline } = parts;
  const { agentId, environment, eventTypes, maxEvents } = input;
  return {
    specversion: "1.0" as const,
    id: randomUUID(),
    source: "/console/replays",
    type: replayRequestTypes.asked,
    subject: `${environment}/${agentId}`,
    time: at.toISOString(),
    data: {
      replay,
      agentId,
      environment,
      instance,
      stable: toNamed(parts.stable),
      candidate: toNamed(parts.candidate),
      window: { from: window.from.toISOString(), to: window.to.toISOString(), eventTypes, maxEvents },
      record,
      config,
      acceptBy: acceptBy.toISOString(),
      deadline: deadline.toISOString(),
    },
  };
}

function toNamed({ cid, bundleCid, semver, manifest }: StoredVersion): ReplayAsked["stable"] {
  return { cid, bundleCid, semver, manifest };
}
