"use client";

import { useEffect, useState } from "react";
import type { DagLink } from "../../../../../../../../server/kernel/cid/dag-node.ts";
import { type ContentAddress, openContent } from "./read-content.ts";
import { LinkReader } from "./read-links.ts";

export type LinksState = {
  links: readonly DagLink[];
  bytes: number;
  sizeBytes: number | null;
  /** Null while it is being read. */
  end: { kind: "whole" } | { kind: "cut" } | { kind: "failed"; error: unknown } | null;
};

const nothing: LinksState = { links: [], bytes: 0, sizeBytes: null, end: null };
const showEveryMs = 250;

/** Links of a DAG node, shown as they come. */
export function useLinks(address: ContentAddress, token: string | null): LinksState {
  const [state, setState] = useState(nothing);
  useEffect(() => {
    const leaving = new AbortController();
    setState(nothing);
    readLinks(address, {
      token,
      signal: leaving.signal,
      onState: setState,
      mostLinks: Number.POSITIVE_INFINITY,
    }).catch((error: unknown) => {
      if (!leaving.signal.aborted) setState((last) => ({ ...last, end: { kind: "failed", error } }));
    });
    return () => leaving.abort();
  }, [address, token]);
  return state;
}

type Reading = {
  token: string | null;
  signal: AbortSignal;
  onState: (state: LinksState) => void;
  /** After so many the rest is not read. */
  mostLinks: number;
};

/** Rejects when it cannot begin; what breaks off later is a state. */
export async function readLinks(
  address: ContentAddress,
  { token, signal, onState, mostLinks }: Reading,
): Promise<void> {
  const { body, sizeBytes } = await openContent(address, { part: null, token, signal });
  const reader = new LinkReader();
  let shownAt = 0;
  const show = (end: LinksState["end"]) =>
    onState({ links: reader.links.slice(), bytes: reader.bytes, sizeBytes, end });
  for await (const part of partsOf(body)) {
    reader.take(part, false);
    if (reader.links.length > mostLinks) {
      reader.links.length = mostLinks;
      return show({ kind: "cut" });
    }
    const isFirst = shownAt === 0 && reader.links.length > 0;
    if (!isFirst && performance.now() - shownAt < showEveryMs) continue;
    shownAt = performance.now();
    show(null);
  }
  reader.take(new Uint8Array(0), true);
  if (reader.links.length > mostLinks) {
    reader.links.length = mostLinks;
    return show({ kind: "cut" });
  }
  show(
    reader.fault === null
      ? { kind: "whole" }
      : { kind: "failed", error: new Error(`Not a DAG node: ${reader.fault}.`) },
  );
}

async function* partsOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = body.getReader();
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) yield part.value;
  } finally {
    await reader.cancel().catch(() => {});
  }
}
