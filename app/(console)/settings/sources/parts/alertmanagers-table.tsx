import type { AlertSource } from "../../../../../server/features/settings/schema.ts";
import { Age } from "../../../../_ui/age.tsx";
import type { Tone } from "../../../../_ui/glyph.tsx";
import { StatusWord } from "../../../../_ui/status-word.tsx";

const states: Record<AlertSource["state"], { tone: Tone; word: string }> = {
  ok: { tone: "ok", word: "reached" },
  degraded: { tone: "warn", word: "Prometheus silent" },
  down: { tone: "crit", word: "not reached" },
};

export function AlertmanagersTable({ alertmanagers }: { alertmanagers: readonly AlertSource[] }) {
  return (
    <table className="tbl">
      <thead>
        <tr>
          <th scope="col">Network</th>
          <th scope="col">Alertmanager</th>
          <th scope="col">Read</th>
          <th scope="col">Watchdog heard</th>
          <th scope="col">State</th>
        </tr>
      </thead>
      <tbody>
        {alertmanagers.map((source) => (
          <AlertmanagerRow key={`${source.network} ${source.host}`} source={source} />
        ))}
      </tbody>
    </table>
  );
}

function AlertmanagerRow({ source }: { source: AlertSource }) {
  const { network, host, readAt, heartbeatAt, reason } = source;
  const { tone, word } = states[source.state];
  return (
    <tr className={source.state === "down" ? "is-bad" : undefined}>
      <td>
        <span className="net-word" data-network={network}>
          {network}
        </span>
      </td>
      <th scope="row" className={host === null ? "dim" : "mono"}>
        {host ?? "by its webhook only: ALERTMANAGER_URLS names none for this network"}
      </th>
      <td>
        <Age at={readAt} staleAfterMs={60_000} />
      </td>
      <td>
        <Age at={heartbeatAt} staleAfterMs={180_000} />
      </td>
      <td>
        <StatusWord tone={tone} {...(reason && { why: reason })}>
          {word}
        </StatusWord>
      </td>
    </tr>
  );
}
