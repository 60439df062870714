import { Fragment } from "react";
import type { RegistrySource } from "../../../../../server/features/registry/schema.ts";
import { Age } from "../../../../_ui/age.tsx";
import { formatAge } from "../../../../_ui/format/duration.ts";
import { formatNumber } from "../../../../_ui/format/number.ts";
import type { Tone } from "../../../../_ui/glyph.tsx";
import { StatusWord } from "../../../../_ui/status-word.tsx";

type Look = { tone: Tone; word: string };

const states: Record<RegistrySource["state"], Look> = {
  ok: { tone: "ok", word: "reading" },
  stalled: { tone: "warn", word: "stalled" },
  unreachable: { tone: "crit", word: "unreachable" },
  refused: { tone: "crit", word: "refused" },
  absent: { tone: "unknown", word: "not connected" },
};

const identities: Record<RegistrySource["identity"], Look> = {
  proved: { tone: "ok", word: "proved" },
  unproven: { tone: "unknown", word: "not proved" },
  refused: { tone: "crit", word: "another network" },
};

export function IndexersTable({ sources }: { sources: readonly RegistrySource[]; at: string }) {
  return (
    <table className="tbl">
      <thead>
        <tr>
          <th scope="col">Network</th>
          <th scope="col">Family</th>
          <th scope="col">Identity</th>
          <th scope="col" className="num">
            Height
          </th>
          <th scope="col" className="num">
            Finalized
          </th>
          <th scope="col" className="num">
            Behind
          </th>
          <th scope="col" className="num">
            Lag
          </th>
          <th scope="col">Looked at</th>
          <th scope="col">State</th>
        </tr>
      </thead>
      <tbody>
        {sources.map((source) => (
          <Fragment key={`${source.network} ${source.family}`}>
            <SourceRow source={source} />
            {source.state !== "ok" && source.state !== "absent" && <WhyRow source={source} />}
          </Fragment>
        ))}
      </tbody>
    </table>
  );
}

function SourceRow({ source }: { source: RegistrySource }) {
  const state = states[source.state];
  const identity = identities[source.identity];
  const isAbsent = source.state === "absent";
  return (
    <tr className={isTrouble(source) ? "is-bad" : undefined}>
      <td>
        <span className="net-word" data-network={source.network}>
          {source.network}
        </span>
      </td>
      <th scope="row">{source.family}</th>
      <td>
        {!isAbsent && (
          <StatusWord tone={identity.tone} why={source.identityReason}>
            {identity.word}
          </StatusWord>
        )}
      </td>
      <td className="num">{formatNumber(source.height)}</td>
      <td className="num">{formatNumber(source.finalizedHeight)}</td>
      <td className="num">{formatNumber(source.lagBlocks)}</td>
      <td className="num">{formatAge(source.lagMs)}</td>
      <td>{!isAbsent && <Age at={source.checkedAt} />}</td>
      <td>
        <StatusWord tone={state.tone} {...(source.reason && { why: source.reason })}>
          {state.word}
        </StatusWord>
      </td>
    </tr>
  );
}

/** Under the row that is in trouble: why, since when, and where to change it. */
function WhyRow({ source }: { source: RegistrySource }) {
  const variable = `INDEXER_${source.network.toUpperCase()}_${source.family.toUpperCase()}_URL`;
  return (
    <tr className={isTrouble(source) ? "is-bad" : undefined}>
      <td colSpan={9} className="source-why">
        <p>{source.reason ?? "It does not say why."}</p>
        <p className="dim">
          Since <Age at={source.since} /> · {source.identityReason} · Set by{" "}
          <span className="mono">{variable}</span>
        </p>
      </td>
    </tr>
  );
}

function isTrouble({ state }: RegistrySource): boolean {
  return state === "refused" || state === "unreachable";
}
