import type { Cid } from "../kernel/cid/cid.ts";
import type { UnreachableWhy } from "../kernel/cid/verify-block.ts";
import type { ProbeTarget } from "./node-probe.ts";

export type ContentTarget = ProbeTarget & { grpcPort: number };

/** Bytes `from` to `to`; `to` is not included. */
export type ByteRange = { from: number; to: number };

export type ContentAsk = {
  target: ContentTarget;
  /** u64, decimal. */
  bucket: string;
  cid: Cid;
  /** Null = all of it. Of a DAG node nothing less can be asked for. */
  range: ByteRange | null;
  /** Passed through to the node; never stored, never logged. */
  token: string | null;
  /** More than this is not read. */
  maxBytes: number;
};

export type ContentFailure = { kind: "failed"; why: UnreachableWhy | "too_large"; detail: string };

/** How the bytes ended: all that were asked for, or not. */
export type ContentEnd = { kind: "complete"; bytes: number } | ContentFailure;

export type OpenContent = {
  kind: "open";
  /** From the start of the connection to the first byte of the answer. */
  firstByteMs: number;
  /** Of what was asked for; null when the node does not say. */
  length: number | null;
  /** Of the whole piece; null when the node does not say. */
  size: number | null;
  /** Read it to its end, or `return()` it: that closes the connection. It waits where its reader waits. */
  body: AsyncGenerator<Uint8Array, ContentEnd>;
};

export type CnsAsk = { target: ContentTarget; bucket: string; name: string; token: string | null };
export type CnsAnswer = { kind: "found"; cid: Cid; ttlSeconds: number | null } | ContentFailure;

/**
 * Content as one storage node serves it: pieces in CDN form over HTTP, exact DAG nodes and CNS records by gRPC. Only the
 * address of the target that was judged is connected to; what is not public is refused unless settings allow it, and
 * redirects are not followed. Nothing that comes is believed: hash it. Rejects only when the signal aborts.
 */
export type ContentStore = {
  open(ask: ContentAsk, signal: AbortSignal): Promise<OpenContent | ContentFailure>;
  /** A piece by gRPC, for nodes whose HTTP does not serve it. */
  openByGrpc(ask: ContentAsk, signal: AbortSignal): Promise<OpenContent | ContentFailure>;
  resolve(ask: CnsAsk, signal: AbortSignal): Promise<CnsAnswer>;
};
