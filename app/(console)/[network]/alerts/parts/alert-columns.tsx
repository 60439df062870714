import type { Alert } from "../../../../../server/features/alerts/schema.ts";
import { Glyph } from "../../../../_ui/glyph.tsx";
import type { Column } from "../../../../_ui/table/columns.ts";
import { Time } from "../../../../_ui/time.tsx";
import { glyphOf, severityLooks } from "./alert-looks.ts";

/** Two lines a row: the finding, and the figure against its limit. */
export const alertColumns: readonly Column<Alert>[] = [
  {
    id: "severity",
    title: "",
    description: "Severity",
    width: 34,
    isFixed: true,
    cell: (alert) => (
      <>
        <Glyph {...glyphOf(alert)} />
        <span className="sr-only">{severityLooks[alert.severity].word}</span>
      </>
    ),
  },
  {
    id: "alert",
    title: "Alert",
    width: 240,
    minWidth: 160,
    grows: true,
    isFixed: true,
    cell: (alert) => (
      <span className="two">
        <span className="truncate">
          <b className="font-medium">{alert.title}</b> <span className="sec">{alert.subject.name}</span>
        </span>
        <span className="dim truncate">{alert.detail}</span>
      </span>
    ),
  },
  {
    id: "source",
    title: "Source",
    width: 110,
    cell: (alert) => <span className="sec">{alert.source === "rule" ? "rule" : "Alertmanager"}</span>,
  },
  {
    id: "seen",
    title: "Seen",
    width: 70,
    isNumber: true,
    cell: (alert) => <span className="sec">×{alert.seen}</span>,
  },
  {
    id: "owner",
    title: "Owner",
    width: 150,
    cell: (alert) => <OwnerOf alert={alert} />,
  },
  {
    id: "age",
    title: "Since",
    width: 96,
    isNumber: true,
    cell: (alert) => <Time at={alert.resolvedAt ?? alert.firingAt ?? alert.pendingAt} isQuiet />,
  },
];

function OwnerOf({ alert }: { alert: Alert }) {
  if (alert.owner !== null)
    return (
      <span className="two">
        <span className="truncate">{alert.owner}</span>
        {alert.acknowledgedAt === null && alert.state === "firing" && (
          <span className="dim">has not taken it yet</span>
        )}
      </span>
    );
  if (alert.maintenanceUntil !== null && alert.state !== "resolved")
    return (
      <span className="dim">
        in maintenance, ends <Time at={alert.maintenanceUntil} isQuiet />
      </span>
    );
  if (alert.quietUntil !== null && alert.state === "firing")
    return (
      <span className="dim">
        quiet, ends <Time at={alert.quietUntil} isQuiet />
      </span>
    );
  return <span className="dim">no owner</span>;
}
