import type { BindingHealth } from "../../../../../server/features/settings/schema.ts";
import { Age } from "../../../../_ui/age.tsx";
import { formatAge } from "../../../../_ui/format/duration.ts";
import { formatNumber } from "../../../../_ui/format/number.ts";
import type { Tone } from "../../../../_ui/glyph.tsx";
import { Sparkline } from "../../../../_ui/sparkline.tsx";
import { StatusWord } from "../../../../_ui/status-word.tsx";

const states: Record<BindingHealth["state"], { tone: Tone; word: string }> = {
  ok: { tone: "ok", word: "reading" },
  degraded: { tone: "warn", word: "behind" },
  down: { tone: "crit", word: "not read" },
};

export function BindingsTable({ bindings }: { bindings: readonly BindingHealth[] }) {
  return (
    <table className="tbl">
      <thead>
        <tr>
          <th scope="col">Binding</th>
          <th scope="col">Topic</th>
          <th scope="col" className="num">
            Partitions
          </th>
          <th scope="col" className="num">
            Records/s
          </th>
          <th scope="col" className="num">
            Lag, records
          </th>
          <th scope="col" className="num">
            Behind
          </th>
          <th scope="col" className="num">
            Rejected 24 h
          </th>
          <th scope="col">10 min</th>
          <th scope="col">State</th>
        </tr>
      </thead>
      <tbody>
        {bindings.map((binding) => (
          <BindingRow key={binding.topic} binding={binding} />
        ))}
      </tbody>
    </table>
  );
}

function BindingRow({ binding }: { binding: BindingHealth }) {
  const { network, lastDeadLetter } = binding;
  const state = states[binding.state];
  return (
    <tr className={binding.state === "down" ? "is-bad" : undefined}>
      <th scope="row">
        {binding.binding}{" "}
        {network && (
          <span className="net-word" data-network={network}>
            {network}
          </span>
        )}
      </th>
      <td className="mono">{binding.topic}</td>
      <td className="num">{formatNumber(binding.partitions)}</td>
      <td className="num">{formatNumber(binding.recordsPerSecond)}</td>
      <td className="num">{formatNumber(binding.lagRecords)}</td>
      <td className="num">{formatAge(binding.behindMs)}</td>
      <td className="num">
        {formatNumber(binding.deadLetters24h)}
        {lastDeadLetter && (
          <span className="binding-letter" data-tip={`${lastDeadLetter.record}: ${lastDeadLetter.reason}`}>
            last <Age at={lastDeadLetter.at} />
          </span>
        )}
      </td>
      <td>
        <Sparkline values={binding.trend} label={`Records per second of ${binding.topic} over ten minutes`} />
      </td>
      <td>
        <StatusWord tone={state.tone} {...(binding.reason && { why: binding.reason })}>
          {state.word}
        </StatusWord>
      </td>
    </tr>
  );
}
