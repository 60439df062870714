import { type Cid, type Digest, isSameDigest } from "./cid.ts";

/** Why there were no bytes, or not all of them. */
export type UnreachableWhy =
  | "not_found"
  | "forbidden"
  | "timeout"
  | "refused"
  | "blocked"
  | "broken_off"
  | "protocol"
  | "unavailable";

/** Why bytes that came can neither be confirmed nor refuted. */
export type UnverifiableWhy =
  /** The rule by which a multipart root is made of its parts is not public. */
  | "multipart"
  | "too_large"
  | "part_only"
  /** The node answered with a node whose own encoding is not known, so its hash cannot be either. */
  | "encoding"
  | "cancelled";

/** What is known of one block after asking one node for it. */
export type Verdict =
  | { kind: "verified"; computed: Digest }
  | { kind: "mismatch"; computed: Digest }
  | { kind: "unreachable"; why: UnreachableWhy; detail: string }
  | { kind: "unverifiable"; why: UnverifiableWhy; computed: Digest | null };

/** What became of fetching: all bytes with their BLAKE3, or not. */
export type Fetched =
  | { kind: "hashed"; digest: Digest }
  | { kind: "unreachable"; why: UnreachableWhy; detail: string }
  | { kind: "unhashed"; why: Exclude<UnverifiableWhy, "multipart"> };

/**
 * Judges a block by the hash of all of its bytes. A raw piece or DAG node that hashes to something else is a mismatch. A
 * multipart piece that does is not called corrupt: its root may be made by a rule that is not public.
 */
export function verifyBlock(cid: Pick<Cid, "kind" | "digest">, fetched: Fetched): Verdict {
  switch (fetched.kind) {
    case "unreachable":
      return { kind: "unreachable", why: fetched.why, detail: fetched.detail };
    case "unhashed":
      return { kind: "unverifiable", why: fetched.why, computed: null };
    case "hashed":
      return judgeHash(cid, fetched.digest);
  }
}

function judgeHash({ kind, digest }: Pick<Cid, "kind" | "digest">, computed: Digest): Verdict {
  if (isSameDigest(digest, computed)) return { kind: "verified", computed };
  if (kind === "multipart-piece") return { kind: "unverifiable", why: "multipart", computed };
  return { kind: "mismatch", computed };
}
