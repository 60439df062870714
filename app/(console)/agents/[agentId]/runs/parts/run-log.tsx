import type { RunDetail } from "../../../../../../server/features/runs/schema.ts";
import { formatMs } from "../../../../../_ui/format/duration.ts";
import { SmallTable } from "../../../../../_ui/table/small-table.tsx";
import { RunStatusWord } from "./run-words.tsx";

export function RunTasks({ tasks }: { tasks: RunDetail["tasks"] }) {
  return (
    <SmallTable
      label="Tasks"
      isCompact
      rows={tasks}
      rowKey={({ id }) => id}
      columns={[
        { id: "task", title: "Engagement", cell: ({ id }) => <span className="mono">{id}</span> },
        { id: "handler", title: "Handler", cell: ({ handler }) => <span className="mono">{handler}</span> },
        {
          id: "state",
          title: "State",
          cell: ({ error }) => <RunStatusWord status={error === null ? "finished" : "failed"} />,
        },
        { id: "ms", title: "ms", isNumber: true, cell: ({ tookMs }) => formatMs(tookMs) },
      ]}
    />
  );
}

/** What the code said, by the millisecond since the job began. */
export function RunLog({ logs }: { logs: RunDetail["logs"] }) {
  if (logs.length === 0) return <p className="dim">It logged nothing.</p>;
  return (
    <ol className="run-log">
      {logs.map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines never move
        <li key={index} className="run-line" data-level={line.level}>
          <span className="dim">{formatMs(line.afterMs)}</span>
          <span>{line.level}</span>
          <span>{line.text}</span>
        </li>
      ))}
    </ol>
  );
}
