"use client";

import { useEffect, useMemo, useRef, useState } from "react";
import type { ContentAddress } from "./read-content.ts";
import { type Branches, mostBranchLinks, type TreeRow, withoutBranch } from "./tree-rows.ts";
import { type LinksState, readLinks } from "./use-links.ts";

const none: Branches = new Map();
const unread: LinksState = { links: [], bytes: 0, sizeBytes: null, end: null };

/** Nodes of the tree that somebody opened: each is read when it is opened, and forgotten when it is closed. */
export function useBranches(address: ContentAddress, token: string | null) {
  const [branches, setBranches] = useState(none);
  const reading = useRef(new Map<string, AbortController>());
  // biome-ignore lint/correctness/useExhaustiveDependencies: another node or token is another tree
  useEffect(() => {
    const readers = reading.current;
    return () => {
      for (const reader of readers.values()) reader.abort();
      readers.clear();
      setBranches(none);
    };
  }, [address, token]);
  const toggle = useMemo(() => {
    const close = (key: string) => {
      for (const [other, reader] of reading.current)
        if (other === key || other.startsWith(`${key}/`)) reader.abort();
      setBranches((last) => withoutBranch(last, key));
    };
    const open = (key: string, cid: string) => {
      const leaving = new AbortController();
      reading.current.set(key, leaving);
      const onState = (state: LinksState) =>
        setBranches((last) => (leaving.signal.aborted ? last : new Map(last).set(key, state)));
      onState(unread);
      readLinks(
        { ...address, cid },
        { token, signal: leaving.signal, onState, mostLinks: mostBranchLinks },
      ).catch((error: unknown) => {
        if (!leaving.signal.aborted) onState({ ...unread, end: { kind: "failed", error } });
      });
    };
    return ({ key, link, isOpen }: TreeRow) => {
      if (isOpen) close(key);
      else if (link?.cid.kind === "dag-node") open(key, link.cid.text);
    };
  }, [address, token]);
  return { branches, toggle };
}
