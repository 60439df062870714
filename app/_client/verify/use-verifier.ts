"use client";

import { useCallback, useEffect, useState } from "react";
import { openVerifier, type Verifier } from "./open-verifier.ts";
import type { BlockReceipt, VerifyJob, VerifyProgress } from "./verify-protocol.ts";

/** Shown while it runs; the receipt has all of them. */
const shownVerified = 200;
const shownOthers = 1_000;

export type ShownBlocks = {
  /** Everything that is not verified, in the order in which it was found. */
  others: readonly BlockReceipt[];
  /** The newest that are. */
  verified: readonly BlockReceipt[];
};

export type VerifierState = {
  job: VerifyJob | null;
  progress: VerifyProgress | null;
  blocks: ShownBlocks;
  failure: string | null;
};

const nothing: VerifierState = {
  job: null,
  progress: null,
  blocks: { others: [], verified: [] },
  failure: null,
};

export type UseVerifier = VerifierState & {
  start(job: VerifyJob): void;
  pause(): void;
  resume(): void;
  /** Null until the worker is there. */
  verifier: Verifier | null;
};

/** Verifies in a worker of this page; it ends with the page. */
export function useVerifier(): UseVerifier {
  const [state, setState] = useState<VerifierState>(nothing);
  const [verifier, setVerifier] = useState<Verifier | null>(null);
  useEffect(() => {
    const opened = openVerifier({
      onProgress: (progress, blocks) =>
        setState((before) => ({ ...before, progress, blocks: withBlocks(before.blocks, blocks) })),
      onFailed: (failure) => setState((before) => ({ ...before, failure })),
    });
    setVerifier(opened);
    return () => opened.close();
  }, []);
  const start = useCallback(
    (job: VerifyJob) => {
      setState({ ...nothing, job });
      verifier?.start(job);
    },
    [verifier],
  );
  const pause = useCallback(() => verifier?.pause(), [verifier]);
  const resume = useCallback(() => verifier?.resume(), [verifier]);
  return { ...state, start, pause, resume, verifier };
}

export function withBlocks(before: ShownBlocks, blocks: readonly BlockReceipt[]): ShownBlocks {
  if (blocks.length === 0) return before;
  const others = blocks.filter(({ verdict }) => verdict !== "verified");
  const verified = blocks.filter(({ verdict }) => verdict === "verified");
  return {
    others: [...before.others, ...others].slice(0, shownOthers),
    verified: [...before.verified, ...verified].slice(-shownVerified),
  };
}
