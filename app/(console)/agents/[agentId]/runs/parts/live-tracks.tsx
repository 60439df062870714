import type { LiveHistory, LiveSpan } from "../../../../../../server/features/runs/schema.ts";
import { formatNumber } from "../../../../../_ui/format/number.ts";
import { Time } from "../../../../../_ui/time.tsx";
import { EnvBadge } from "../../../parts/env-badge.tsx";
import { placeOfSpan, shareWords } from "./live-rules.ts";

type LiveTracksProps = { history: LiveHistory; at: string | null; onAt: (at: string) => void };

/** One track an environment; each SET is a button as wide as its time in force. */
export function LiveTracks({ history, at, onAt }: LiveTracksProps) {
  const cursor = at === null ? null : placeOfSpan({ from: at, until: at }, history).left;
  return (
    <div className="live">
      {history.places.map(({ environment, spans, isCut }) => (
        <div key={environment} className="live-row">
          <EnvBadge environment={environment} />
          <div className="live-track">
            {spans.map((span) => (
              <SpanButton key={span.generation} span={span} history={history} onAt={onAt} />
            ))}
            {cursor !== null && cursor >= 0 && cursor <= 100 && (
              <i className="live-cursor" style={{ left: `${cursor}%` }} aria-hidden="true" />
            )}
            {isCut && <span className="live-cut dim">more before</span>}
          </div>
        </div>
      ))}
      <div className="live-axis dim">
        <Time at={history.from} form={axisForm(history)} isQuiet />
        <Time at={history.to} form={axisForm(history)} isQuiet />
      </div>
    </div>
  );
}

/** Short enough for both ends to stand side by side on a phone; the exact moment is their tip. */
function axisForm({ from, to }: LiveHistory): "clock" | "day" {
  return Date.parse(to) - Date.parse(from) > dayMs ? "day" : "clock";
}

const dayMs = 86_400_000;
const labelFrom = 7;

function SpanButton({ span, history, onAt }: { span: LiveSpan } & Omit<LiveTracksProps, "at">) {
  const { left, width } = placeOfSpan(span, history);
  const start = left === 0 ? history.from : span.from;
  const words = shareWords(span);
  return (
    <button
      type="button"
      className="live-span"
      style={{ left: `${left}%`, width: `${width}%` }}
      data-tip={`SET ${formatNumber(span.generation)}: ${words}\n${span.cause} by ${span.author}: ${span.note}`}
      aria-label={`SET ${span.generation}, ${words}, since ${span.from}`}
      onClick={() => onAt(start)}
    >
      {span.shares.map(({ cid, percent, isDefault }) => (
        <i key={cid} style={{ height: `${percent}%` }} data-default={isDefault || undefined} />
      ))}
      {width > labelFrom && <span className="mono">{span.shares[0]?.semver ?? "nothing"}</span>}
    </button>
  );
}
