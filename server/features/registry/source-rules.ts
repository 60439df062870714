import { msBetween } from "../../kernel/clock.ts";
import { blockMs, type NetworkName } from "../../kernel/networks.ts";
import { inThousands } from "../../kernel/wording.ts";
import type { Identity, SourceState } from "./schema.ts";

/** A block whose time is known. */
export type DatedBlock = { height: number; at: Date };

export type Lag = {
  headEstimate: number | null;
  lagBlocks: number | null;
  /** Age of the newest indexed block. */
  lagMs: number | null;
};

/**
 * How far behind the chain's head, by the clock: from the newest block whose time any family of the network shows, at
 * 6 s a block (blockchain-node runtime/cere). Missed slots make the estimate high, never low. Unknown stays null.
 */
export function estimateLag(height: number, dated: DatedBlock | null, at: Date): Lag {
  if (dated === null) return { headEstimate: null, lagBlocks: null, lagMs: null };
  const headEstimate = Math.max(height, dated.height + Math.floor(msBetween(dated.at, at) / blockMs));
  const newestAtMs = dated.at.getTime() + (height - dated.height) * blockMs;
  return {
    headEstimate,
    lagBlocks: headEstimate - height,
    lagMs: Math.max(0, at.getTime() - newestAtMs),
  };
}

/** How a source's height has moved, as far as it was watched. */
export type Progress = {
  height: number;
  advancedAt: Date;
  /** Waits between two advances, newest last. */
  gapsMs: readonly number[];
};

const shortestLimitMs = 1.5 * blockMs;
const longestLimitMs = 120_000;
const rememberedGaps = 200;

export function advance(before: Progress | null, height: number, at: Date): Progress {
  if (before === null) return { height, advancedAt: at, gapsMs: [] };
  if (height <= before.height) return { ...before, height };
  const gapMs = msBetween(before.advancedAt, at);
  return { height, advancedAt: at, gapsMs: [...before.gapsMs, gapMs].slice(-rememberedGaps) };
}

/**
 * A source stands when it waits longer for a block than it usually does: one and a half blocks, or a little more than
 * the third longest of its last 200 waits. So missed slots and slow finality are learned, a single outage is not.
 */
export function stallLimitMs(gapsMs: readonly number[]): number {
  const third = gapsMs.toSorted((a, b) => b - a)[2] ?? 0;
  return Math.min(longestLimitMs, Math.max(shortestLimitMs, third + 2_000));
}

export type SourceFacts = {
  progress: Progress;
  /** Height of the snapshot that the console shows; null before the first. */
  projectedHeight: number | null;
  identity: IdentityVerdict;
  lag: Lag;
};
export type SourceVerdict = { state: SourceState; reason: string | null };

/** More than this, and a source that moves is said to be catching up. */
const catchingUpBlocks = 20;

const deepestReorgBlocks = 64;

/**
 * Is the source far behind what the console shows? Then it is being rebuilt, and what it does not hold yet is not gone.
 * A few blocks back are only unfinalized ones that were replaced.
 */
export function isRebuilt(height: number, projectedHeight: number | null): boolean {
  return projectedHeight !== null && height < projectedHeight - deepestReorgBlocks;
}

/** Order matters: what is not of this network is not judged further. */
export function judgeSource(facts: SourceFacts, at: Date): SourceVerdict {
  const { progress, projectedHeight, identity, lag } = facts;
  if (identity.identity === "refused") return { state: "refused", reason: identity.reason };
  if (progress.height < 0) return { state: "stalled", reason: "The indexer has not read a block yet." };
  if (isRebuilt(progress.height, projectedHeight))
    return {
      state: "stalled",
      reason: `The indexer went back from ${block(projectedHeight ?? 0)} and is being rebuilt. What the chain registered stays as it was until it is there again.`,
    };
  if (msBetween(progress.advancedAt, at) > stallLimitMs(progress.gapsMs))
    return {
      state: "stalled",
      reason: `The indexer stands at ${block(progress.height)} since ${clockTime(progress.advancedAt)} UTC; a block takes ${blockMs / 1000} s.`,
    };
  if (lag.lagBlocks !== null && lag.lagBlocks > catchingUpBlocks)
    return { state: "ok", reason: "The indexer moves, but is behind the head of the chain." };
  return { state: "ok", reason: null };
}

/** A state that nobody renewed for this long says nothing about the indexer any more. */
const staleAfterMs = 10_000;

/** What a reader may believe of a stored state: when no worker looks, that is the fault, not the last state. */
export function withStaleness(
  stored: SourceVerdict & { since: Date; checkedAt: Date },
  at: Date,
): SourceVerdict & { since: Date } {
  const { state, reason, since, checkedAt } = stored;
  if (state === "absent" || msBetween(checkedAt, at) <= staleAfterMs) return { state, reason, since };
  return {
    state: "stalled",
    reason: `No ingest worker has read the indexer since ${clockTime(checkedAt)} UTC.`,
    since: checkedAt,
  };
}

export type IdentityVerdict = { identity: Identity; reason: string };

export type IdentityFacts = {
  network: NetworkName;
  /** A finalized block of this source, and the hash that the chain family of the network has at that height. */
  compared: { height: number; hash: string; chainHash: string } | null;
  /** Is a chain family configured for the network? */
  hasChain: boolean;
  /** Is the chain family itself proved by its block 0? */
  isChainProved: boolean;
  /** Clusters that this source holds. */
  clusterIds: readonly string[];
  /** Another network whose source shows the same finalized block. */
  sameBlockAs: NetworkName | null;
};

/** Ids that Cere publishes for its first cluster, "Dragon 1", on each network (cluster-apps, .env.dev .stage .prod). */
export const publishedClusters: Record<NetworkName, string> = {
  devnet: "0x7f82864e4f097e63d04cc279e4d8d2eb45a42ffa",
  testnet: "0x825c4b2352850de9986d9d28568db6f0c023a1e3",
  mainnet: "0x0059f5ada35eee46802d80750d5ca4a490640511",
};

/**
 * Is this the `ddc` database of that network? The family holds no block 0, so the proof is a finalized hash that a
 * proved chain family has too. Contradictions refuse it; without either the answer is "unproven", said as such.
 */
export function judgeIdentity(facts: IdentityFacts): IdentityVerdict {
  const { network, compared, isChainProved, clusterIds, sameBlockAs } = facts;
  const stranger = strangerOf(network, clusterIds);
  if (stranger !== null)
    return {
      identity: "refused",
      reason: `It holds Cere's cluster of ${stranger}: it is not of ${network}.`,
    };
  if (sameBlockAs !== null)
    return {
      identity: "refused",
      reason: `It shows the same finalized block as the indexer of ${sameBlockAs}: one of the two addresses is wrong.`,
    };
  if (compared === null)
    return {
      identity: "unproven",
      reason: facts.hasChain
        ? `None of its blocks was found in the chain indexer of ${network} yet.`
        : `It holds no block 0, and ${network} has no chain indexer to compare its blocks with.`,
    };
  if (compared.hash !== compared.chainHash)
    return {
      // Against an unproved chain indexer it is open which of the two is the stranger.
      identity: isChainProved ? "refused" : "unproven",
      reason: `Its ${block(compared.height)} has another hash than the chain indexer of ${network} says.`,
    };
  return isChainProved
    ? {
        identity: "proved",
        reason: `Its ${block(compared.height)} is the chain indexer's, whose block 0 is ${network}'s.`,
      }
    : {
        identity: "unproven",
        reason: `Its ${block(compared.height)} is the chain indexer's, but that one is not proved itself.`,
      };
}

/** The chain family proves itself by block 0. */
export function judgeGenesis(network: NetworkName, expected: string, found: string | null): IdentityVerdict {
  if (found === null) return { identity: "unproven", reason: "It does not hold block 0." };
  return found === expected
    ? { identity: "proved", reason: `Its block 0 is ${network}'s.` }
    : {
        identity: "refused",
        reason: `Its block 0 is ${found.slice(0, 10)}…, not ${network}'s ${expected.slice(0, 10)}….`,
      };
}

function strangerOf(network: NetworkName, clusterIds: readonly string[]): NetworkName | null {
  for (const other of ["devnet", "testnet", "mainnet"] as const)
    if (other !== network && clusterIds.includes(publishedClusters[other])) return other;
  return null;
}

function block(height: number): string {
  return `#${inThousands(height)}`;
}

function clockTime(at: Date): string {
  return at.toISOString().slice(11, 19);
}
