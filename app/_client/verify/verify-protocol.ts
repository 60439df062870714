import type { CidKind } from "../../../server/kernel/cid/cid.ts";
import type { Verdict } from "../../../server/kernel/cid/verify-block.ts";
import type { NetworkName } from "../../../server/kernel/networks.ts";

/** What is to be verified. The token goes to the node, through the console, in a header; it is kept nowhere. */
export type VerifyJob = {
  network: NetworkName;
  /** u64, decimal. */
  bucket: string;
  cid: string;
  /** The one block, or everything below it too. */
  scope: "block" | "dag";
  /** Null = whoever has it. */
  node: string | null;
  token: string | null;
};

/** One block as it was found: what its CID says, what its bytes hash to, and who sent them. Hashes are hex. */
export type BlockReceipt = {
  cid: string;
  kind: CidKind;
  /** Names of links from the root to it; of a block that is linked several times, the first way. */
  path: string;
  verdict: Verdict["kind"];
  why: string | null;
  detail: string | null;
  expected: string;
  computed: string | null;
  bytes: number;
  ms: number;
  node: string | null;
  nodeName: string | null;
  at: string;
};

export type VerifyProgress = {
  state: "running" | "paused" | "ended";
  /** Different blocks that are judged, and those that are known to be there so far. */
  judged: number;
  known: number;
  counts: Readonly<Record<Verdict["kind"], number>>;
  bytes: number;
  /** What the root's links say that there is; null until the root is read. */
  totalBytes: number | null;
  /** Of the whole time that was not paused. */
  elapsedMs: number;
  /** The largest block that is being read. */
  current: { name: string; bytes: number; ofBytes: number | null } | null;
};

export type ToVerifier =
  | { kind: "start"; job: VerifyJob }
  | { kind: "pause" }
  | { kind: "resume" }
  | { kind: "receipt" }
  | { kind: "hash"; id: number; file: Blob }
  | { kind: "fetch"; id: number; job: VerifyJob; maxBytes: number };

export type FromVerifier =
  | { kind: "progress"; progress: VerifyProgress; blocks: readonly BlockReceipt[] }
  | { kind: "failed"; reason: string }
  | { kind: "receipt"; text: string }
  | { kind: "hashed"; id: number; computed: string; bytes: number; ms: number }
  | { kind: "fetched"; id: number; block: BlockReceipt; bytes: Uint8Array | null };
