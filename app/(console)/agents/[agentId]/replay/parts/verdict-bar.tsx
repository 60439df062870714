import type { ReplayVerdict } from "../../../../../../server/features/replays/compare-rules.ts";
import { replayedOf } from "../../../../../../server/features/replays/replay-rules.ts";
import type { Replay } from "../../../../../../server/features/replays/schema.ts";
import { formatNumber } from "../../../../../_ui/format/number.ts";
import { formatPercent } from "../../../../../_ui/format/percent.ts";
import { verdictWord } from "./verdict-words.ts";

type VerdictBarProps = {
  replay: Replay;
  chosen: ReplayVerdict | null;
  onChoose: (verdict: ReplayVerdict | null) => void;
};

const inOrder = [
  "same",
  "slower",
  "different",
  "new_error",
  "fixed_error",
] as const satisfies readonly ReplayVerdict[];

/** As wide as their share, and below it what each is; a click shows only those. */
export function VerdictBar({ replay, chosen, onChoose }: VerdictBarProps) {
  const { verdicts } = replay;
  const replayed = replayedOf(verdicts);
  return (
    <section className="rp" aria-label="Verdicts">
      <div className="rp-bar" aria-hidden="true">
        {inOrder.map(
          (verdict) =>
            verdicts[verdict] > 0 && (
              <i key={verdict} data-verdict={verdict} style={{ flexGrow: verdicts[verdict] }} />
            ),
        )}
      </div>
      <div className="rp-key">
        {inOrder.map((verdict) => (
          <button
            key={verdict}
            type="button"
            aria-pressed={chosen === verdict}
            data-tip={chosen === verdict ? "Show all events" : "Show only these events"}
            onClick={() => onChoose(chosen === verdict ? null : verdict)}
          >
            <i data-verdict={verdict} aria-hidden="true" />
            <b>{formatNumber(verdicts[verdict])}</b> {verdictWord(verdict, replay)}{" "}
            <span className="dim">{formatPercent(verdicts[verdict] / replayed)} %</span>
          </button>
        ))}
      </div>
    </section>
  );
}
