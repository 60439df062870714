import type { Clock } from "../../kernel/clock.ts";
import { isAppError } from "../../kernel/errors.ts";
import { type Network, type NetworkName, networkById } from "../../kernel/networks.ts";
import type { ChainIndex, IndexerFamily, IndexerPosition } from "../../ports/chain-index.ts";
import type { Database } from "../../ports/database.ts";
import { projectRegistry } from "./project-registry.ts";
import {
  advance,
  type DatedBlock,
  estimateLag,
  type IdentityVerdict,
  isRebuilt,
  judgeGenesis,
  judgeIdentity,
  judgeSource,
  type Progress,
  type SourceVerdict,
} from "./source-rules.ts";
import { findMemory, storeFinding } from "./store.ts";

export type Surroundings = {
  db: Database;
  chainIndex: ChainIndex;
  clock: Clock;
  /** By network id: what its families know of each other. */
  known: Map<number, NetworkKnowledge>;
};

export type NetworkKnowledge = {
  /** The newest block whose time any family shows. */
  dated: DatedBlock | null;
  isChainProved: boolean;
  /** Newest finalized block of its `ddc` source. */
  finalized: { height: number; hash: string } | null;
};

export type SourceWatch = {
  network: Network;
  family: IndexerFamily;
  /** Looks once, projects when there is something new, and writes down how the source is. */
  look(signal: AbortSignal): Promise<void>;
  /** How far the console may read on; null while the source must not be read. */
  readableTo(): number | null;
  verdict(): SourceVerdict | null;
};

/** An answer that takes longer is as good as none: a fault must show within ten seconds. */
const limitsMs = { position: 4_000, registry: 8_000, blockHash: 1_000 };
const notYetCompared: IdentityVerdict = { identity: "unproven", reason: "It was not read yet." };

type Memory = {
  isLoaded: boolean;
  progress: Progress | null;
  projectedHeight: number | null;
  projectedMark: string | null;
  clusterIds: readonly string[];
  identity: IdentityVerdict;
  /** A finalized block that waits until the chain family has it too. */
  toCompare: { height: number; hash: string } | null;
  compared: { height: number; hash: string; chainHash: string } | null;
  verdict: SourceVerdict | null;
  readableTo: number | null;
};

type Watched = { around: Surroundings; network: Network; family: IndexerFamily; memory: Memory };

export function watchSource(around: Surroundings, network: Network, family: IndexerFamily): SourceWatch {
  const memory: Memory = {
    isLoaded: false,
    progress: null,
    projectedHeight: null,
    projectedMark: null,
    clusterIds: [],
    identity: notYetCompared,
    toCompare: null,
    compared: null,
    verdict: null,
    readableTo: null,
  };
  const watched: Watched = { around, network, family, memory };
  return {
    network,
    family,
    look: (signal) => look(watched, signal),
    readableTo: () => memory.readableTo,
    verdict: () => memory.verdict,
  };
}

async function look(watched: Watched, signal: AbortSignal): Promise<void> {
  const { around, network, family, memory } = watched;
  if (!memory.isLoaded) await recall(watched);
  try {
    await lookAtPosition(watched, signal);
  } catch (error) {
    signal.throwIfAborted();
    if (!isAppError(error)) throw error;
    memory.readableTo = null;
    memory.verdict = {
      state: error.details.problem === "foreign" ? "refused" : "unreachable",
      reason: error.message,
    };
    await storeFinding(
      around.db,
      { network, family, at: around.clock.now() },
      {
        verdict: memory.verdict,
        identity: memory.identity,
        position: null,
        advancedAt: null,
        lag: { headEstimate: null, lagBlocks: null, lagMs: null },
        projected: null,
      },
    );
  }
}

/** What an earlier worker wrote down, so that a stall stays a stall when the work changes hands. */
async function recall({ around, network, family, memory }: Watched): Promise<void> {
  const known = await findMemory(around.db, network, family);
  memory.isLoaded = true;
  if (known === null) return;
  memory.projectedHeight = known.projectedHeight;
  memory.identity = { identity: known.identity, reason: known.identityReason };
  if (known.height !== null && known.advancedAt !== null)
    memory.progress = { height: known.height, advancedAt: known.advancedAt, gapsMs: [] };
}

async function lookAtPosition(watched: Watched, signal: AbortSignal): Promise<void> {
  const { around, network, family, memory } = watched;
  const position = await around.chainIndex.position(network.name, family, within("position", signal));
  const at = around.clock.now();
  memory.progress = advance(memory.progress, position.height, at);
  remember(watched, position);
  const snapshot = await readIfNew(watched, position, signal);
  memory.identity = await identify(watched, snapshot?.position ?? position, signal);
  const lag = estimateLag(position.height, knowledgeOf(around, network).dated, at);
  const { progress, projectedHeight, identity } = memory;
  memory.verdict = judgeSource({ progress, projectedHeight, identity, lag }, at);
  const mayRead = identity.identity !== "refused" && !isRebuilt(position.height, projectedHeight);
  memory.readableTo = mayRead ? position.finalizedHeight : null;
  const projected = mayRead && snapshot ? await project(watched, snapshot, at) : null;
  await storeFinding(
    around.db,
    { network, family, at },
    { verdict: memory.verdict, identity, position, advancedAt: progress.advancedAt, lag, projected },
  );
}

export function knowledgeOf({ known }: Pick<Surroundings, "known">, network: Network): NetworkKnowledge {
  const knowledge = known.get(network.id) ?? { dated: null, isChainProved: false, finalized: null };
  known.set(network.id, knowledge);
  return knowledge;
}

function remember({ around, network, family }: Watched, position: IndexerPosition): void {
  const knowledge = knowledgeOf(around, network);
  const isNewer = position.dated !== null && position.dated.height > (knowledge.dated?.height ?? -1);
  if (isNewer) knowledge.dated = position.dated;
  if (family === "ddc") knowledge.finalized = blockOf(position);
}

type Snapshot = Awaited<ReturnType<ChainIndex["readRegistry"]>>;

/** Reads nodes and clusters only when a block came or went since they were last stored. */
async function readIfNew(
  { around, network, family, memory }: Watched,
  position: IndexerPosition,
  signal: AbortSignal,
): Promise<Snapshot | null> {
  if (family !== "ddc" || memory.projectedMark === markOf(position)) return null;
  const snapshot = await around.chainIndex.readRegistry(network.name, within("registry", signal));
  memory.clusterIds = snapshot.clusters.map(({ clusterId }) => clusterId);
  return snapshot;
}

async function project(
  { around, network, memory }: Watched,
  snapshot: Snapshot,
  at: Date,
): Promise<{ height: number; unreadable: number }> {
  await projectRegistry(around.db, { network, snapshot, at });
  memory.projectedMark = markOf(snapshot.position);
  memory.projectedHeight = snapshot.position.height;
  return { height: snapshot.position.height, unreadable: snapshot.unreadable };
}

function markOf({ height, finalizedHash, hotBlocks }: IndexerPosition): string {
  return `${height}/${hotBlocks}/${finalizedHash}`;
}

async function identify(
  watched: Watched,
  position: IndexerPosition,
  signal: AbortSignal,
): Promise<IdentityVerdict> {
  const { around, network, family, memory } = watched;
  if (family === "chain") return identifyChain(watched, signal);
  await compareWithChain(watched, position, signal);
  return judgeIdentity({
    network: network.name,
    compared: memory.compared,
    hasChain: around.chainIndex.has(network.name, "chain"),
    isChainProved: knowledgeOf(around, network).isChainProved,
    clusterIds: memory.clusterIds,
    sameBlockAs: family === "ddc" ? otherWithBlock(around, network, blockOf(position)) : null,
  });
}

async function identifyChain(
  { around, network, memory }: Watched,
  signal: AbortSignal,
): Promise<IdentityVerdict> {
  if (knowledgeOf(around, network).isChainProved) return memory.identity;
  const found = await around.chainIndex.findBlockHash(network.name, 0, within("blockHash", signal));
  const verdict = judgeGenesis(network.name, network.genesisHash, found);
  knowledgeOf(around, network).isChainProved = verdict.identity === "proved";
  return verdict;
}

function otherWithBlock(
  { known }: Surroundings,
  network: Network,
  { height, hash }: { height: number; hash: string },
): NetworkName | null {
  for (const [id, { finalized }] of known)
    if (id !== network.id && finalized?.height === height && finalized.hash === hash)
      return networkById(id).name;
  return null;
}

/** The chain family is usually a few blocks behind this one, so a block waits until both have it. */
async function compareWithChain(
  { around, network, memory }: Watched,
  position: IndexerPosition,
  signal: AbortSignal,
): Promise<void> {
  if (!around.chainIndex.has(network.name, "chain") || position.finalizedHeight < 0) return;
  memory.toCompare ??= blockOf(position);
  const chainHash = await findChainHash(around, network, { height: memory.toCompare.height, signal });
  if (chainHash === null) return;
  memory.compared = { ...memory.toCompare, chainHash };
  memory.toCompare = null;
}

/** A chain indexer that is away proves nothing, and is said to be away at its own line. */
async function findChainHash(
  around: Surroundings,
  network: Network,
  { height, signal }: { height: number; signal: AbortSignal },
): Promise<string | null> {
  try {
    return await around.chainIndex.findBlockHash(network.name, height, within("blockHash", signal));
  } catch (error) {
    signal.throwIfAborted();
    if (isAppError(error)) return null;
    throw error;
  }
}

function within(call: keyof typeof limitsMs, signal: AbortSignal): AbortSignal {
  return AbortSignal.any([signal, AbortSignal.timeout(limitsMs[call])]);
}

function blockOf(position: IndexerPosition): { height: number; hash: string } {
  return { height: position.finalizedHeight, hash: position.finalizedHash };
}
