"use client";

import { useState } from "react";
import type { SignatureCheck } from "../../../../../../server/features/access/signature-rules.ts";
import { Button } from "../../../../../_ui/button.tsx";
import { shorten } from "../../../../../_ui/format/shorten.ts";
import { Glyph } from "../../../../../_ui/glyph.tsx";
import { PeekSection } from "../../../../../_ui/peek.tsx";

type Outcome =
  | { kind: "idle" }
  | { kind: "checked"; checks: readonly SignatureCheck[]; downstream: number; ms: number }
  | { kind: "refused"; reason: string };

/** Takes the record as it stands in Kafka and checks it here: neither it nor a key leaves the page. */
export function CheckSignatures() {
  const [text, setText] = useState("");
  const [outcome, setOutcome] = useState<Outcome>({ kind: "idle" });
  const check = async () => setOutcome(await checkText(text));
  return (
    <PeekSection title="Check signatures">
      <p className="dim text-12">
        The console keeps facts of a record, not its bytes. Paste the record from its place in Kafka, as JSON;
        it is checked in this browser and sent nowhere.
      </p>
      <textarea
        className="input w-full mono text-11"
        rows={5}
        aria-label="Record as JSON"
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Button size="small" onClick={() => void check()}>
        Check
      </Button>
      <div role="status">
        {outcome.kind === "refused" && <p className="t-warn">{outcome.reason}</p>}
        {outcome.kind === "checked" && <Checked {...outcome} />}
      </div>
    </PeekSection>
  );
}

const words = {
  good: "fits",
  bad: "does not fit: changed after signing, or signed by somebody else",
  absent: "not signed",
} as const;
const glyphs = { good: "ok", bad: "crit", absent: "unknown" } as const;

function Checked({ checks, downstream, ms }: Extract<Outcome, { kind: "checked" }>) {
  return (
    <>
      <ul>
        {checks.map((check, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a record's signatures have no other name than their order
          <li key={index} className="py-1">
            <Glyph tone={glyphs[check.verdict]} /> {index >= checks.length - downstream ? "downstream " : ""}
            {check.of}: {words[check.verdict]}
            <div className="dim text-12">
              {check.signer && `${check.algorithm} by 0x${shorten(check.signer, 6, 4)}, `}
              {check.bytes} bytes without the signature{check.note && `; ${check.note}`}
            </div>
          </li>
        ))}
      </ul>
      <p className="dim text-12">checked in this browser, {Math.round(ms)} ms</p>
    </>
  );
}

/** The cryptography is a chunk of its own, fetched when it is first needed. */
async function checkText(text: string): Promise<Outcome> {
  const startedAt = performance.now();
  const [{ encodeRecord }, { checkRecord }] = await Promise.all([
    import("../../../../../../server/features/access/encoding-rules.ts"),
    import("../../../../../../server/features/access/signature-rules.ts"),
  ]);
  try {
    const record: unknown = JSON.parse(text);
    if (typeof record !== "object" || record === null || Array.isArray(record))
      return { kind: "refused", reason: "A record is a JSON object." };
    const { bytes, layout } = encodeRecord(record as Record<string, unknown>);
    const { checks, downstream } = checkRecord(bytes, layout);
    return {
      kind: "checked",
      checks: [...checks, ...downstream],
      downstream: downstream.length,
      ms: performance.now() - startedAt,
    };
  } catch (error) {
    return {
      kind: "refused",
      reason: error instanceof Error ? `This is no record: ${error.message}` : "This is no record.",
    };
  }
}
