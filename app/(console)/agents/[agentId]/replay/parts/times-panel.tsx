import type { ReplayDetail } from "../../../../../../server/features/replays/schema.ts";
import { formatNumber } from "../../../../../_ui/format/number.ts";
import { Panel } from "../../../../../_ui/panel.tsx";
import { nameOf } from "./verdict-words.ts";

/** In steps of 5 %: what is around nought is noise. */
const stepPercent = 5;
const withinPercent = 10;
const plot = { width: 398, height: 152, left: 36, right: 394, top: 6, base: 132 };
const bins = Array.from({ length: 41 }, (_, at) => (at - 20) * stepPercent);
const marks = [
  { percent: -100, label: "−100 %", anchor: "start" },
  { percent: -50, label: "−50 %", anchor: "middle" },
  { percent: 0, label: "same", anchor: "middle" },
  { percent: 50, label: "+50 %", anchor: "middle" },
  { percent: 100, label: "+100 %", anchor: "end" },
] as const;

type Kind = "faster" | "within" | "slower";

/** How many events took how much less or more than on the stable version, each against itself. */
export function TimesPanel({ detail: { replay, times } }: { detail: ReplayDetail }) {
  const sums = { faster: 0, within: 0, slower: 0 };
  for (const { percent, events } of times) sums[kindOf(percent)] += events;
  const candidate = nameOf(replay.candidate);
  const legend: readonly [Kind, string][] = [
    ["faster", `faster on ${candidate}`],
    ["within", `within ${withinPercent} %`],
    ["slower", "slower"],
  ];
  const isEmpty = times.length === 0;
  return (
    <Panel
      title="Time, event by event"
      sub={`events, ${candidate} against ${nameOf(replay.stable)}`}
      state={isEmpty ? { kind: "empty", title: "No event ran on both versions" } : { kind: "data" }}
    >
      <ul className="rp-legend">
        {legend.map(([kind, label]) => (
          <li key={kind}>
            <i data-kind={kind} aria-hidden="true" />
            {label} <b>{formatNumber(sums[kind])}</b>
          </li>
        ))}
      </ul>
      <Bars times={times} />
      <TimesTable times={times} />
    </Panel>
  );
}

function Bars({ times }: Pick<ReplayDetail, "times">) {
  const events = new Map(times.map((bin) => [bin.percent, bin.events]));
  const most = Math.max(1, ...events.values());
  const step = (plot.right - plot.left) / bins.length;
  const height = (count: number) => ((plot.base - plot.top) * count) / most;
  const centre = (percent: number) => plot.left + ((percent + 100) / stepPercent + 0.5) * step;
  return (
    <svg className="rp-times" viewBox={`0 0 ${plot.width} ${plot.height}`} aria-hidden="true">
      <line className="rp-base" x1={plot.left} x2={plot.right} y1={plot.base} y2={plot.base} />
      <line className="rp-grid" x1={plot.left} x2={plot.right} y1={plot.top} y2={plot.top} />
      <text x={plot.left - 6} y={plot.top + 4} textAnchor="end">
        {formatNumber(most)}
      </text>
      <text x={plot.left - 6} y={plot.base + 4} textAnchor="end">
        0
      </text>
      {marks.map(({ percent, label, anchor }) => (
        <text key={percent} x={centre(percent)} y={plot.base + 15} textAnchor={anchor}>
          {label}
        </text>
      ))}
      {bins.map((percent) => {
        const count = events.get(percent) ?? 0;
        return (
          <rect
            key={percent}
            data-kind={kindOf(percent)}
            x={centre(percent) - step / 2 + 0.5}
            width={step - 1}
            y={plot.base - height(count)}
            height={height(count)}
          >
            <title>{`${signed(percent)}: ${formatNumber(count)} events`}</title>
          </rect>
        );
      })}
    </svg>
  );
}

/** The same for those who do not see it. */
function TimesTable({ times }: Pick<ReplayDetail, "times">) {
  return (
    <table className="sr-only">
      <caption>Events by difference of time, each event against itself</caption>
      <tbody>
        {times.map(({ percent, events }) => (
          <tr key={percent}>
            <th scope="row">{signed(percent)}</th>
            <td>{formatNumber(events)} events</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function kindOf(percent: number): Kind {
  if (Math.abs(percent) <= withinPercent) return "within";
  return percent < 0 ? "faster" : "slower";
}

function signed(percent: number): string {
  if (percent === 0) return "same";
  const more = Math.abs(percent) === 100 ? " or more" : "";
  return `${percent < 0 ? "−" : "+"}${Math.abs(percent)} %${percent > 0 ? more : ""}`;
}
