import { conflict, invalid, notFound } from "../../kernel/errors.ts";
import type { Ctx } from "../../ports/ctx.ts";
import type { Sql } from "../../ports/database.ts";
import { canonicalJson } from "../deployments/canonical-json.ts";
import type { Place } from "../deployments/schema.ts";
import { findConfig, findRevision, type StoredConfig } from "./find-config.ts";
import type { ChangeConfigInput, ConfigChange, SealedSecrets } from "./schema.ts";
import { judgeConfig } from "./settings-rules.ts";
import { loadTyping } from "./typing-versions.ts";

/** Secrets of a change, sealed before the transaction begins: their text goes no further than here. */
export type SealedChange =
  | {
      kind: "values";
      settings: StoredConfig["settings"];
      secrets: Record<string, SealedSecrets[string] | null>;
    }
  | Extract<ConfigChange, { kind: "back" }>;

export async function sealChange(
  ctx: Ctx,
  { agentId, environment, change }: ChangeConfigInput,
): Promise<SealedChange> {
  if (change.kind === "back") return change;
  const { agentSecrets } = ctx.deps;
  const set = { setAt: ctx.clock.now().toISOString(), setBy: ctx.actor.name };
  const sealed = Object.entries(change.secrets).map(async ([name, text]) => {
    if (text === null) return [name, null] as const;
    if (!agentSecrets.canSeal(environment))
      throw invalid(`${name}: the runtimes of ${environment} have given no key to seal secrets for.`, {
        field: name,
      });
    return [name, { sealed: await agentSecrets.seal(text, { environment, agentId, name }), ...set }] as const;
  });
  return { ...change, secrets: Object.fromEntries(await Promise.all(sealed)) };
}

export type Planned = {
  /** What is in force now; 0 = nothing. */
  revision: number;
  before: StoredConfig;
  after: StoredConfig;
  backTo: number | null;
};

/** What would be in force after a change, judged on what is there now. The caller holds the place. */
export async function planChange(
  sql: Sql,
  made: Place & { revision: number },
  change: SealedChange,
): Promise<Planned> {
  const current = await findConfig(sql, made);
  const revision = current?.revision ?? 0;
  if (revision !== made.revision)
    throw conflict(`Somebody applied revision ${revision} meanwhile. Look at it, and change yours again.`);
  const before: StoredConfig = { settings: current?.settings ?? {}, secrets: current?.secrets ?? {} };
  const after = change.kind === "back" ? await findEarlier(sql, made, change.to) : merge(before, change);
  await requireFit(sql, made, { before, after, isBack: change.kind === "back" });
  if (canonicalJson(before) === canonicalJson(after)) throw invalid("Nothing is changed.");
  return { revision, before, after, backTo: change.kind === "back" ? change.to : null };
}

export type Fitting = { before: StoredConfig; after: StoredConfig; isBack: boolean };

/** By the manifests that run now. Throws `invalid` with the first fault and its field. */
export async function requireFit(sql: Sql, place: Place, { before, after, isBack }: Fitting): Promise<void> {
  const { versions } = await loadTyping(sql, place);
  const [issue] = judgeConfig(
    {
      settings: after.settings,
      written: isBack
        ? []
        : Object.keys(after.secrets).filter((name) => after.secrets[name] !== before.secrets[name]),
      cleared: Object.keys(before.secrets).filter((name) => !Object.hasOwn(after.secrets, name)),
    },
    // What an earlier revision has, and no version that runs declares, does no harm: nobody is given it.
    { versions, before: isBack ? after.settings : before.settings },
  );
  if (issue) throw invalid(`${issue.field}: ${issue.message}`, { field: issue.field });
}

async function findEarlier(sql: Sql, place: Place, revision: number): Promise<StoredConfig> {
  const earlier = await findRevision(sql, { ...place, revision });
  if (!earlier) throw notFound("revision", String(revision));
  return { settings: earlier.settings, secrets: earlier.secrets };
}

function merge(before: StoredConfig, change: Extract<SealedChange, { kind: "values" }>): StoredConfig {
  const secrets = Object.entries({ ...before.secrets, ...change.secrets });
  return {
    settings: change.settings,
    secrets: Object.fromEntries(secrets.flatMap(([name, secret]) => (secret ? [[name, secret]] : []))),
  };
}
