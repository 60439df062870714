"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import type { Difference, Replica, ReplicaLine } from "../../../server/features/verification/schema.ts";
import { readLines } from "./read-lines.ts";
import type { VerifyJob } from "./verify-protocol.ts";

export type ReplicasState = {
  status: "idle" | "asking" | "done" | "failed";
  at: string | null;
  expected: string | null;
  nodes: readonly { node: string; name: string; region: string | null }[];
  replicas: readonly Replica[];
  difference: Difference | null;
  failure: string | null;
};

const idle: ReplicasState = {
  status: "idle",
  at: null,
  expected: null,
  nodes: [],
  replicas: [],
  difference: null,
  failure: null,
};

/** Asks the nodes of the bucket's cluster for one CID; each answer is there as soon as it came. */
export function useReplicas(): ReplicasState & { ask(job: VerifyJob): void; cancel(): void } {
  const [state, setState] = useState<ReplicasState>(idle);
  const stop = useRef<AbortController | null>(null);
  const cancel = useCallback(() => stop.current?.abort(), []);
  useEffect(() => cancel, [cancel]);
  const ask = useCallback((job: VerifyJob) => {
    stop.current?.abort();
    const controller = new AbortController();
    stop.current = controller;
    setState({ ...idle, status: "asking" });
    askAll(job, controller.signal, (line) => setState((before) => withLine(before, line))).catch(
      (error: unknown) => {
        const failure = error instanceof Error ? error.message : String(error);
        setState((before) => ({
          ...before,
          ...(controller.signal.aborted ? { status: "done" } : { status: "failed", failure }),
        }));
      },
    );
  }, []);
  return { ...state, ask, cancel };
}

async function askAll(
  { network, bucket, cid, token }: VerifyJob,
  signal: AbortSignal,
  take: (line: ReplicaLine) => void,
): Promise<void> {
  const headers: Record<string, string> = token === null ? {} : { "x-ddc-token": token };
  const response = await fetch(`/api/replicas/${network}/${bucket}/${cid}`, {
    headers,
    signal,
    cache: "no-store",
  });
  if (!response.ok || !response.body) {
    const problem: unknown = await response.json().catch(() => null);
    const told =
      typeof problem === "object" && problem !== null && "detail" in problem ? problem.detail : null;
    throw new Error(typeof told === "string" ? told : `The console answered HTTP ${response.status}.`);
  }
  for await (const line of readLines(response.body)) take(JSON.parse(line) as ReplicaLine);
}

export function withLine(before: ReplicasState, line: ReplicaLine): ReplicasState {
  switch (line.kind) {
    case "asking":
      return { ...before, at: line.at, expected: line.expected, nodes: line.nodes };
    case "replica":
      return { ...before, replicas: [...before.replicas, line.replica] };
    case "difference":
      return { ...before, difference: line.difference };
    case "done":
      return { ...before, status: "done" };
  }
}
