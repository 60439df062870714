import { describe, expect, it } from "vitest";
import type { ProbeEntry } from "../../../../../server/features/probes/schema.ts";
import { type ProbeOutcome, probeNotification } from "./probe-notification.ts";

function anOutcome(name: string, changes: Partial<ProbeEntry> = {}): ProbeOutcome {
  return {
    name,
    entry: {
      at: "2026-11-23T03:31:08.000Z",
      kind: "answered",
      latencyMs: 14.2,
      httpStatus: 200,
      reason: null,
      detail: null,
      version: null,
      clockSkewMs: null,
      askedBy: "Inês Duarte",
      ...changes,
    },
  };
}

const refused = { kind: "failed", latencyMs: null, reason: "refused", detail: "connection refused" } as const;

describe("what is said after a probe", () => {
  it.each([
    ["that one node answered, and how fast", [anOutcome("a")], "ok", "a answered in 14.2 ms", undefined],
    ["why one node did not", [anOutcome("a", refused)], "warn", "a did not answer", "connection refused"],
    [
      "that all of several answered",
      [anOutcome("a"), anOutcome("b")],
      "ok",
      "2 of 2 nodes answered",
      undefined,
    ],
    [
      "each that did not, by name",
      [
        anOutcome("a"),
        anOutcome("b", refused),
        { name: "c", refused: "This node was asked less than 5 s ago." },
      ],
      "warn",
      "1 of 3 nodes answered",
      "b: connection refused\nc: This node was asked less than 5 s ago.",
    ],
  ])("says %s", (_, outcomes, tone, title, detail) => {
    expect(probeNotification(outcomes)).toEqual({ tone, title, ...(detail && { detail }) });
  });
});
