import type { Verdict } from "../../../server/kernel/cid/verify-block.ts";
import type { Tone } from "../../_ui/glyph.tsx";
import { StatusWord } from "../../_ui/status-word.tsx";

const looks: Readonly<Record<Verdict["kind"], { word: string; tone: Tone }>> = {
  verified: { word: "verified", tone: "ok" },
  mismatch: { word: "mismatch", tone: "crit" },
  unreachable: { word: "unreachable", tone: "unknown" },
  unverifiable: { word: "cannot be verified", tone: "unknown" },
};

/** What the bytes were worth; why is told on hover and focus. */
export function VerdictWord({ verdict, why }: { verdict: Verdict["kind"]; why: string | null }) {
  const { word, tone } = looks[verdict];
  return (
    <StatusWord tone={tone} {...(why ? { why } : {})}>
      {word}
    </StatusWord>
  );
}
