import type { ReplayDetail } from "../../../../../../server/features/replays/schema.ts";
import { formatNumber } from "../../../../../_ui/format/number.ts";
import { Panel } from "../../../../../_ui/panel.tsx";
import { type SmallColumn, SmallTable } from "../../../../../_ui/table/small-table.tsx";
import type { ReplayChange, ReplayFilter } from "../search-params.ts";

type DifferencesPanelProps = {
  detail: ReplayDetail;
  params: ReplayFilter;
  onChoose: (change: ReplayChange) => void;
};
type Difference = {
  key: string;
  text: string;
  kind: string;
  events: number;
  isChosen: boolean;
  isError: boolean;
  choose: () => void;
};

const kindWords = { added: "new", missing: "missing", changed: "another value" } as const;

/** Where outputs differ and how the candidate fails, most often first; a click shows only those events. */
export function DifferencesPanel({ detail, params, onChoose }: DifferencesPanelProps) {
  const { verdicts } = detail.replay;
  const rows = [...errorsOf(detail, params, onChoose), ...pathsOf(detail, params, onChoose)];
  return (
    <Panel
      title="Where they differ"
      sub={`${formatNumber(verdicts.different + verdicts.new_error)} events, one may have several`}
      isFlush
      state={
        rows.length === 0
          ? {
              kind: "empty",
              title: "Nowhere",
              children: "Both gave the same for every event that ran so far.",
            }
          : { kind: "data" }
      }
    >
      <SmallTable
        label="Where they differ"
        isCompact
        rows={rows}
        rowKey={({ key }) => key}
        columns={columnsOf(rows)}
      />
    </Panel>
  );
}

function columnsOf(rows: readonly Difference[]): SmallColumn<Difference>[] {
  const most = Math.max(1, ...rows.map(({ events }) => events));
  return [
    {
      id: "place",
      title: "Field of the output, or error",
      cell: ({ text, isChosen, isError, choose }) => (
        <button
          type="button"
          className={isError ? "mono t-crit rp-place" : "mono rp-place"}
          aria-pressed={isChosen}
          data-tip={text}
          onClick={choose}
        >
          {text}
        </button>
      ),
    },
    {
      id: "share",
      title: "",
      width: 90,
      cell: ({ events, isError }) => (
        <span className="rp-share" aria-hidden="true">
          <i data-error={isError || undefined} style={{ width: `${(100 * events) / most}%` }} />
        </span>
      ),
    },
    { id: "events", title: "Events", isNumber: true, width: 60, cell: ({ events }) => formatNumber(events) },
    { id: "kind", title: "Kind", width: 110, cell: ({ kind }) => <span className="sec">{kind}</span> },
  ];
}

type Choose = DifferencesPanelProps["onChoose"];

function pathsOf({ paths }: ReplayDetail, params: ReplayFilter, onChoose: Choose): Difference[] {
  return paths.map(({ path, kind, events }) => ({
    key: `${kind} ${path}`,
    text: path === "" ? "the output itself" : path,
    kind: kindWords[kind],
    events,
    isChosen: params.path === path,
    isError: false,
    choose: () => onChoose({ path: params.path === path ? null : path, error: null, verdict: null }),
  }));
}

function errorsOf({ newErrors }: ReplayDetail, params: ReplayFilter, onChoose: Choose): Difference[] {
  return newErrors.map(({ error, events }) => ({
    key: `error ${error}`,
    text: error,
    kind: "new error",
    events,
    isChosen: params.error === error,
    isError: true,
    choose: () => onChoose({ error: params.error === error ? null : error, path: null, verdict: null }),
  }));
}
