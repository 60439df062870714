import type { Callers } from "../../../../../../../server/features/deployments/schema.ts";
import { formatNumber } from "../../../../../../_ui/format/number.ts";
import { Time } from "../../../../../../_ui/time.tsx";

const maxShown = 6;

/** Whom it still works for: they have to be told, or moved. */
export function CallersNote({ callers }: { callers: Callers | undefined }) {
  if (!callers) return <p className="dim">Looking who still uses it</p>;
  const { events, scopes, records } = callers;
  if (events.length === 0 && records.length === 0)
    return <p className="dim">No SET names it, and it got no event in the last 24 h.</p>;
  return (
    <div className="grid gap-1 text-12">
      {records.length > 0 && (
        <p>Named by {records.map(({ environment, name }) => `${environment} “${name}”`).join(", ")}.</p>
      )}
      {events.map((row) => (
        <p key={row.environment}>
          {formatNumber(row.events)} events in {row.environment} in the last 24 h.
        </p>
      ))}
      {scopes.length > 0 && (
        <ul aria-label="Callers in the jobs that are kept">
          {scopes.slice(0, maxShown).map(({ environment, scope, vaults, lastAt }) => (
            <li key={`${environment} ${scope}`} className="dim">
              scope <span className="mono">{scope}</span> in {environment}: {formatNumber(vaults)} vaults
              seen, last <Time at={lastAt} isQuiet />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
