import type { NodeEvent } from "../../../../../../server/features/nodes/history-schema.ts";
import { formatDuration } from "../../../../../_ui/format/duration.ts";
import { Glyph } from "../../../../../_ui/glyph.tsx";
import { SmallTable } from "../../../../../_ui/table/small-table.tsx";
import { Time } from "../../../../../_ui/time.tsx";

/** What happened to a node, newest first. */
export function EventList({ events, isCompact }: { events: readonly NodeEvent[]; isCompact?: boolean }) {
  return (
    <SmallTable
      label="Events"
      rows={events}
      rowKey={(event) => event.id}
      {...(isCompact && { isCompact })}
      columns={[
        {
          id: "text",
          title: "Event",
          cell: (event) => (
            <span className="flex items-center gap-2" data-tip={event.text}>
              <Glyph tone={event.severity} size={9} />
              <span className="truncate">{event.text}</span>
            </span>
          ),
        },
        {
          id: "lasted",
          title: "Lasted",
          width: 92,
          isNumber: true,
          cell: (event) => <Lasted event={event} />,
        },
        {
          id: "at",
          title: "When",
          width: 92,
          isNumber: true,
          cell: (event) => <Time at={event.at} />,
        },
      ]}
    />
  );
}

function Lasted({ event }: { event: NodeEvent }) {
  if (event.until === null) return <span className="dim">{event.kind === "silence" ? "lasts" : ""}</span>;
  return formatDuration(new Date(event.until).getTime() - new Date(event.at).getTime());
}
