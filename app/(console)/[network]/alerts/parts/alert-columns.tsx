import type { ReactNode } from "react";
import type { Alert } from "../../../../../server/features/alerts/schema.ts";
import { Glyph } from "../../../../_ui/glyph.tsx";
import { useNow } from "../../../../_ui/now.tsx";
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
    width: 184,
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

/** Who looks after it, and why it waits although it fires. */
function OwnerOf({ alert }: { alert: Alert }) {
  const owner = alert.owner ?? <span className="dim">no owner</span>;
  const note = noteOf(alert, useNow());
  if (note === null) return <span className="truncate">{owner}</span>;
  return (
    <span className="two">
      <span className="truncate">{owner}</span>
      <span className="dim truncate">{note}</span>
    </span>
  );
}

function noteOf(alert: Alert, now: number): ReactNode {
  const { state, maintenanceUntil, quietUntil, inhibitedBy, owner, acknowledgedAt } = alert;
  const isToCome = (at: string | null): at is string => at !== null && Date.parse(at) > now;
  if (state === "resolved") return null;
  if (isToCome(maintenanceUntil))
    return (
      <>
        maintenance ends <Time at={maintenanceUntil} isQuiet />
      </>
    );
  if (state === "pending") return null;
  if (isToCome(quietUntil))
    return (
      <>
        quiet, ends <Time at={quietUntil} isQuiet />
      </>
    );
  if (inhibitedBy !== null) return <>explained by “{inhibitedBy.title}”</>;
  return owner !== null && acknowledgedAt === null ? "has not taken it yet" : null;
}
