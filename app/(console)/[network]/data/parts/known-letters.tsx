import { type KnownWay, knownWays } from "../../../../../server/features/inventory/list-rules.ts";
import { cx } from "../../../../_ui/cx.ts";
import "./data.css";

const words: Record<KnownWay, { letter: string; word: string }> = {
  cns: { letter: "C", word: "a CNS name" },
  dag: { letter: "D", word: "a DAG link" },
  activity: { letter: "A", word: "activity" },
};

/** How an object is known: three letters, lit where it is so. */
export function KnownLetters({ known }: { known: readonly KnownWay[] }) {
  const said = known.map((way) => words[way].word).join(", ");
  return (
    <span
      className="known"
      role="img"
      aria-label={known.length > 0 ? `known by ${said}` : "not known yet"}
      data-tip={`Known by ${said}`}
    >
      {knownWays.map((way) => (
        <i key={way} className={cx(known.includes(way) && "is-on")} aria-hidden="true">
          {words[way].letter}
        </i>
      ))}
    </span>
  );
}

/** What the letters mean, and why there is no complete list. */
export function KnownLegend() {
  return (
    <span className="dim inline-flex items-center gap-2 text-12">
      No node lists a bucket. Known by
      {knownWays.map((way) => (
        <span key={way} className="inline-flex items-center gap-1">
          <span className="known" aria-hidden="true">
            <i className="is-on">{words[way].letter}</i>
          </span>
          {way === "cns" ? "CNS" : way === "dag" ? "DAG links" : "activity"}
        </span>
      ))}
    </span>
  );
}
