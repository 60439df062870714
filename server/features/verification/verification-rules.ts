import { digestHex } from "../../kernel/cid/cid.ts";
import type { UnverifiableWhy, Verdict } from "../../kernel/cid/verify-block.ts";

export const verdictKinds = ["verified", "mismatch", "unreachable", "unverifiable"] as const;
export type VerdictKind = (typeof verdictKinds)[number];

const mib = 2 ** 20;

export const policyBounds = {
  samplesPerHour: { least: 1, most: 60 },
  maxBytes: { least: 1_024, most: 256 * mib },
  timeoutMs: { least: 1_000, most: 120_000 },
  bytesPerSecond: { least: 64 * 1_024, most: 1_024 * mib },
} as const;

export const defaultPolicy = {
  isOn: true,
  samplesPerHour: 12,
  maxBytes: 16 * mib,
  timeoutMs: 15_000,
  bytesPerSecond: 8 * mib,
} as const;

/** Why something cannot be verified, in a sentence. */
export const unverifiableText: Readonly<Record<UnverifiableWhy, string>> = {
  multipart:
    "The rule by which a multipart root is made is not public: other bytes, or the same in another tree.",
  too_large: "It is larger than what is read.",
  part_only: "Only a part was read, and a part proves nothing.",
  encoding: "The node sent it in an encoding of its own, whose hash says nothing of what it stores.",
  cancelled: "It was cancelled.",
};

/** A verdict as it is stored and sent. */
export function flatVerdict(verdict: Verdict): {
  verdict: VerdictKind;
  why: string | null;
  detail: string | null;
  computed: string | null;
} {
  switch (verdict.kind) {
    case "verified":
      return { verdict: "verified", why: null, detail: null, computed: digestHex(verdict.computed) };
    case "mismatch":
      return {
        verdict: "mismatch",
        why: null,
        detail: "The bytes hash to something else than the CID says.",
        computed: digestHex(verdict.computed),
      };
    case "unreachable":
      return { verdict: "unreachable", why: verdict.why, detail: verdict.detail, computed: null };
    case "unverifiable":
      return {
        verdict: "unverifiable",
        why: verdict.why,
        detail: unverifiableText[verdict.why],
        computed: verdict.computed && digestHex(verdict.computed),
      };
  }
}

/** When a node is looked at again: its samples are spread evenly over the hour, each node at a time of its own. */
export function nextSampleAt(node: number, after: Date, samplesPerHour: number): Date {
  const everyMs = 3_600_000 / samplesPerHour;
  const offsetMs = (Math.imul(node, 0x9e3779b1) >>> 0) % everyMs;
  const turn = Math.floor((after.getTime() - offsetMs) / everyMs) + 1;
  return new Date(Math.ceil(turn * everyMs + offsetMs));
}
