import Link from "next/link";
import type { AgentListRow } from "../../../../server/features/agents/schema.ts";
import type { Environment, PlaceSummary } from "../../../../server/features/deployments/schema.ts";
import { formatMs } from "../../../_ui/format/duration.ts";
import { formatNumber, formatReading } from "../../../_ui/format/number.ts";
import { formatPercent } from "../../../_ui/format/percent.ts";
import { Id } from "../../../_ui/id.tsx";
import { Reading } from "../../../_ui/reading.tsx";
import { StatusWord } from "../../../_ui/status-word.tsx";
import type { Column } from "../../../_ui/table/columns.ts";
import { Time } from "../../../_ui/time.tsx";
import { agentState } from "../[agentId]/parts/agent-state.ts";
import { agentHref } from "../agent-href.ts";
import { environmentNames } from "./environment-names.ts";

type AgentColumn = Column<AgentListRow>;

/** Every column in its order; ids are those that the server sorts by. */
export const agentColumns: AgentColumn[] = [
  {
    id: "alias",
    title: "Agent",
    width: 168,
    minWidth: 120,
    grows: true,
    isSortable: true,
    cell: ({ id, alias }) => (
      <Link href={agentHref(id)} prefetch={false} className="font-medium">
        {alias}
      </Link>
    ),
  },
  {
    id: "service",
    title: "Agent service",
    width: 118,
    cell: ({ agentService }) => (
      <span className="dim">
        <Id value={agentService} what="agent service" isQuiet />
      </span>
    ),
  },
  ...environmentNames.map(versionColumn),
  {
    id: "state",
    title: "State",
    width: 178,
    cell: (row) => {
      const { word, ...look } = agentState(row, row.places);
      return <StatusWord {...look}>{word}</StatusWord>;
    },
  },
  figure("perSecond", { title: "Events/s", description: "Events per second in prod, last minute" }),
  figure("failedRatio", { title: "Failed %", description: "Failed jobs in prod, last minute" }),
  figure("p99Ms", { title: "p99 ms", description: "Time of a job in prod, 99 of 100" }),
  {
    id: "ready",
    title: "Ready",
    description: "Instances in prod that have what is in force",
    width: 64,
    isNumber: true,
    cell: (row) => <Ready place={placeIn(row, "prod")} />,
  },
  {
    id: "versions",
    title: "Versions",
    width: 72,
    isNumber: true,
    isSortable: true,
    startsDescending: true,
    cell: ({ versions }) => formatNumber(versions),
  },
  {
    id: "changed",
    title: "Changed",
    width: 84,
    isNumber: true,
    isSortable: true,
    startsDescending: true,
    cell: ({ changedAt }) => (
      <span className="dim">
        <Time at={changedAt} isQuiet />
      </span>
    ),
  },
];

export function placeIn({ places }: AgentListRow, environment: Environment): PlaceSummary | null {
  return places.find((place) => place.environment === environment) ?? null;
}

function versionColumn(environment: Environment): AgentColumn {
  return {
    id: environment,
    title: environment,
    description: `What most get in ${environment}, and what is being rolled out`,
    width: environment === "prod" ? 132 : 96,
    cell: (row) => <Shares place={placeIn(row, environment)} />,
  };
}

function Shares({ place }: { place: PlaceSummary | null }) {
  if (!place || place.shares.length === 0) return <Reading value="·" />;
  return (
    <span className="mono">
      {place.shares.map(({ cid, semver, percent }) => (
        <span key={cid} className="mr-2">
          {semver}
          {percent < 100 && <span className="dim"> {formatNumber(percent)} %</span>}
        </span>
      ))}
    </span>
  );
}

type Pace = NonNullable<PlaceSummary["now"]>;
const formats: Record<keyof Pace, (value: number | null) => string> = {
  perSecond: formatReading,
  failedRatio: formatPercent,
  p99Ms: formatMs,
};

/** No event, no figure: a dot. */
function figure(field: keyof Pace, words: { title: string; description: string }): AgentColumn {
  return {
    id: field,
    ...words,
    width: 70,
    isNumber: true,
    cell: (row) => <Reading value={formats[field](placeIn(row, "prod")?.now?.[field] ?? null)} />,
  };
}

function Ready({ place }: { place: PlaceSummary | null }) {
  if (!place || place.instances.known === 0) return <Reading value="·" />;
  const { known, ready } = place.instances;
  return (
    <span className={ready < known ? "t-warn" : undefined}>
      {formatNumber(ready)} / {formatNumber(known)}
    </span>
  );
}
