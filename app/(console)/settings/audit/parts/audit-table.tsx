import type { AuditEntry } from "../../../../../server/features/audit/schema.ts";
import { formatInteger } from "../../../../_ui/format/number.ts";
import { Time } from "../../../../_ui/time.tsx";
import { PersonName } from "../../person-name.tsx";
import type { AuditFilter } from "../search-params.ts";

type AuditTableProps = {
  entries: readonly AuditEntry[];
  openId: string | null;
  onOpen: (id: string) => void;
  onFilter: (change: Partial<AuditFilter>) => void;
};

/** The action is the button that opens an entry; who did it filters by them. */
export function AuditTable({ entries, openId, onOpen, onFilter }: AuditTableProps) {
  return (
    <table className="tbl tbl-two tbl-fixed" aria-label="Audit log">
      <thead>
        <tr>
          <th scope="col" className="w-24">
            Number
          </th>
          <th scope="col" className="w-28">
            Time
          </th>
          <th scope="col" className="w-52">
            Who
          </th>
          <th scope="col">What</th>
          <th scope="col" className="w-22">
            Where
          </th>
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => (
          <tr key={entry.id} className={entry.id === openId ? "is-open" : undefined}>
            <td className="dim">
              {entry.link ? (
                formatInteger(entry.link.seq)
              ) : (
                <span data-tip="It gets its place in the chain within a second or so.">not sealed yet</span>
              )}
            </td>
            <td>
              <span className="two">
                <span>
                  <Time at={entry.at} form="clock" isQuiet />
                </span>
                <span className="dim">
                  <Time at={entry.at} form="day" isQuiet />
                </span>
              </span>
            </td>
            <td>
              <button
                type="button"
                onClick={() => onFilter({ actor: entry.actor.id })}
                data-tip={`Only what ${entry.actor.name} did`}
              >
                <PersonName name={entry.actor.name} detail={entry.address ?? "the console itself"} />
              </button>
            </td>
            <td>
              <button type="button" onClick={() => onOpen(entry.id)} aria-expanded={entry.id === openId}>
                <span className="two">
                  <span>
                    <span className="mono">{entry.action}</span> {entry.subject}
                  </span>
                  <span className="dim">{entry.reason}</span>
                </span>
              </button>
            </td>
            <td>
              {entry.network && (
                <span className="net-word" data-network={entry.network}>
                  {entry.network}
                </span>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
