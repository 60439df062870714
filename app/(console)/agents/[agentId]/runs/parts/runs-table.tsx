import type { Run } from "../../../../../../server/features/runs/schema.ts";
import { formatMs } from "../../../../../_ui/format/duration.ts";
import { shorten } from "../../../../../_ui/format/shorten.ts";
import { Id } from "../../../../../_ui/id.tsx";
import { ScrollX } from "../../../../../_ui/scroll-x.tsx";
import { type SmallColumn, SmallTable } from "../../../../../_ui/table/small-table.tsx";
import { Time } from "../../../../../_ui/time.tsx";
import type { RunsChange } from "../search-params.ts";
import { RunStatusWord, VersionName } from "./run-words.tsx";

type RunsTableProps = {
  rows: readonly Run[];
  openId: string | null;
  onOpen: (id: string) => void;
  onFilter: (change: RunsChange) => void;
};

/** The run's id is the button that opens it. */
export function RunsTable({ rows, openId, onOpen, onFilter }: RunsTableProps) {
  return (
    <ScrollX>
      <SmallTable
        label="Runs"
        rows={rows}
        rowKey={({ id }) => id}
        rowTone={({ status }) => (status === "failed" ? "bad" : null)}
        columns={columnsOf({ openId, onOpen, onFilter })}
      />
    </ScrollX>
  );
}

function columnsOf({ openId, onOpen, onFilter }: Omit<RunsTableProps, "rows">): SmallColumn<Run>[] {
  return [
    { id: "began", title: "Began", cell: ({ startedAt }) => <Time at={startedAt} form="clock" isQuiet /> },
    {
      id: "run",
      title: "Run",
      cell: ({ id }) => (
        <button type="button" className="lk mono" aria-expanded={id === openId} onClick={() => onOpen(id)}>
          {shorten(id, 4, 4)}
        </button>
      ),
    },
    { id: "version", title: "Version", cell: ({ version }) => <VersionName version={version} /> },
    { id: "event", title: "Event", cell: ({ eventType }) => eventType },
    { id: "state", title: "State", cell: ({ status }) => <RunStatusWord status={status} /> },
    { id: "ms", title: "ms", isNumber: true, cell: ({ tookMs }) => formatMs(tookMs) },
    {
      id: "vault",
      title: "Vault",
      cell: ({ vaultId }) => (
        <button
          type="button"
          className="mono"
          data-tip={`Only runs of ${vaultId}`}
          onClick={() => onFilter({ vault: vaultId })}
        >
          {shorten(vaultId, 6, 4)}
        </button>
      ),
    },
    {
      id: "instance",
      title: "Instance",
      cell: ({ instance }) => (
        <button
          type="button"
          className="mono"
          data-tip={`Only runs on ${instance}`}
          onClick={() => onFilter({ instance })}
        >
          {instance}
        </button>
      ),
    },
    {
      id: "output",
      title: "Output",
      cell: ({ output }) =>
        output ? (
          <Id value={output.cid} what="CID" head={10} tail={5} isQuiet />
        ) : (
          <span className="na">·</span>
        ),
    },
    {
      id: "note",
      title: "Error",
      cell: ({ error }) => error && <span className="t-crit block max-w-80 truncate">{error}</span>,
    },
  ];
}
