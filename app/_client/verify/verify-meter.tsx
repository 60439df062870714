import { formatBytes } from "../../_ui/format/bytes.ts";
import { formatNumber } from "../../_ui/format/number.ts";
import { Glyph, type Tone } from "../../_ui/glyph.tsx";
import { Meter } from "../../_ui/meter.tsx";
import type { VerifyProgress } from "./verify-protocol.ts";

/** How far it is, how fast, and what was found. */
export function VerifyMeter({ progress }: { progress: VerifyProgress }) {
  const { judged, known, counts, bytes, totalBytes, elapsedMs, current, state } = progress;
  const total = totalBytes ?? (known === 1 ? (current?.ofBytes ?? null) : null);
  const perSecond = elapsedMs > 0 ? (bytes / elapsedMs) * 1_000 : 0;
  const ratio = state === "ended" ? 1 : total === null ? null : Math.min(1, bytes / Math.max(1, total));
  return (
    <div className="p-4 flex flex-col gap-2 text-12" aria-live="off">
      <div className="flex gap-2 items-center">
        <Meter ratio={ratio} label="verified" tone={counts.mismatch > 0 ? "crit" : null} width={240} />
        <span className="tabular-nums">
          {formatBytes(bytes)}
          {total !== null && state !== "ended" && ` of about ${formatBytes(total)}`}
        </span>
        <span className="text-3 tabular-nums">
          {formatBytes(perSecond)}/s, {(elapsedMs / 1_000).toFixed(1)} s
        </span>
      </div>
      <div className="flex gap-2 flex-wrap" role="status">
        <span>
          <b className="tabular-nums">{formatNumber(judged)}</b> of {state === "ended" ? "" : "at least "}
          {formatNumber(known)} {known === 1 ? "block" : "blocks"}
        </span>
        {marks.map(({ verdict, word, tone }) => (
          <span key={verdict}>
            <Glyph tone={tone} size={9} /> {formatNumber(counts[verdict])} {word}
          </span>
        ))}
      </div>
      {current && state === "running" && <div className="text-3 truncate">Reading {current.name}</div>}
    </div>
  );
}

const marks: readonly { verdict: keyof VerifyProgress["counts"]; word: string; tone: Tone }[] = [
  { verdict: "verified", word: "verified", tone: "ok" },
  { verdict: "mismatch", word: "mismatch", tone: "crit" },
  { verdict: "unreachable", word: "unreachable", tone: "unknown" },
  { verdict: "unverifiable", word: "cannot be verified", tone: "unknown" },
];
