import { isExpired } from "./routing-rules.ts";
import type { DeploymentRecord } from "./schema.ts";

export type Share = { cid: string; percent: number; isDefault: boolean };
export type Shares = {
  /** Of the events that no record picks out: which version gets how many of a hundred; the default's first. */
  shares: Share[];
  /** Versions that records with a targeting of their own give to some. */
  targeted: string[];
};

/** How a SET divides events: weights within the first tier that takes every event, and who is picked out before. */
export function sharesOf(records: readonly DeploymentRecord[], at: Date): Shares {
  const live = records.filter((record) => record.enabled && !isExpired(record, at.getTime()));
  const forAll = live.filter(takesEverything);
  const tier = Math.min(...forAll.map(({ priority }) => priority));
  const sharing = forAll.filter(({ priority }) => priority === tier);
  const total = sharing.reduce((sum, { weight }) => sum + weight, 0);
  const shares = Map.groupBy(sharing, ({ version }) => version);
  return {
    shares: [...shares]
      .map(([cid, of]) => ({
        cid,
        percent: (of.reduce((sum, { weight }) => sum + weight, 0) / total) * 100,
        isDefault: of.some(({ targeting }) => targeting === ""),
      }))
      .sort((a, b) => Number(b.isDefault) - Number(a.isDefault)),
    targeted: [...new Set(live.filter((record) => !takesEverything(record)).map(({ version }) => version))],
  };
}

/** A rollout's candidate has the targeting "true": the default is one only. */
function takesEverything({ targeting }: DeploymentRecord): boolean {
  return targeting === "" || targeting === "true";
}
