import Link from "next/link";
import type { Answer } from "../../../../../../server/features/access/access-rules.ts";
import type { AccessRecord } from "../../../../../../server/features/access/schema.ts";
import type { NetworkName } from "../../../../../../server/kernel/networks.ts";
import { formatBytes } from "../../../../../_ui/format/bytes.ts";
import { shorten } from "../../../../../_ui/format/shorten.ts";
import { Glyph } from "../../../../../_ui/glyph.tsx";
import { Time } from "../../../../../_ui/time.tsx";
import type { AccessChange } from "../search-params.ts";

type RecordTableProps = {
  network: NetworkName;
  rows: readonly AccessRecord[];
  openId: string | null;
  onOpen: (id: string) => void;
  onFilter: (change: AccessChange) => void;
};

/** Where it stands in Kafka is a record's name. */
export function recordId({ topic, partition, offset }: AccessRecord): string {
  return `${topic}/${partition}@${offset}`;
}

/** The time is the button that opens a record; who, what and where narrow the filter. */
export function RecordTable({ network, rows, openId, onOpen, onFilter }: RecordTableProps) {
  return (
    <table className="tbl" aria-label="Access records">
      <thead>
        <tr>
          <th scope="col">Time</th>
          <th scope="col">Account</th>
          <th scope="col">Did</th>
          <th scope="col">Bucket</th>
          <th scope="col">On</th>
          <th scope="col">Node</th>
          <th scope="col" className="num">
            Bytes
          </th>
          <th scope="col">Answer</th>
          <th scope="col">Token ended</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => {
          const id = recordId(row);
          return (
            <tr key={id} className={id === openId ? "is-open" : undefined}>
              <td>
                <button type="button" className="lk" onClick={() => onOpen(id)} aria-expanded={id === openId}>
                  <Time at={row.at} form="instant" isQuiet />
                </button>
              </td>
              <td>
                {row.account === null ? (
                  <span className="na">not signed</span>
                ) : (
                  <button
                    type="button"
                    className="mono"
                    onClick={() => onFilter({ account: row.account })}
                    data-tip={row.account}
                  >
                    {shorten(row.account, 6, 4)}
                  </button>
                )}
              </td>
              <td>{row.operation.toUpperCase()}</td>
              <td>
                <button
                  type="button"
                  onClick={() => onFilter({ bucket: row.bucket })}
                  data-tip="Only this bucket"
                >
                  {row.bucket}
                </button>
              </td>
              <td>
                {row.cid === null ? (
                  <span className="na">·</span>
                ) : (
                  <button
                    type="button"
                    className="mono"
                    onClick={() => onFilter({ cid: row.cid })}
                    data-tip={row.cid}
                  >
                    {shorten(row.cid, 9, 5)}
                  </button>
                )}
              </td>
              <td>
                <Link className="lk" href={`/${network}/nodes/${row.nodeKey}`}>
                  {row.nodeName ?? shorten(row.nodeKey, 6, 4)}
                </Link>
              </td>
              <td className="num">{formatBytes(Number(row.bytes))}</td>
              <td>
                <AnswerWord answer={row.answer} status={row.status} isAfterEnd={row.isAfterEnd} />
              </td>
              <td>
                <EndedWord row={row} />
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

const glyphs = {
  allowed: "ok",
  refused: "crit",
  missing: "info",
  failed: "warn",
  unclear: "unknown",
} as const;

type AnswerWordProps = { answer: Answer; status: AccessRecord["status"]; isAfterEnd: boolean };

export function AnswerWord({ answer, status, isAfterEnd }: AnswerWordProps) {
  const isOdd = answer === "allowed" && isAfterEnd;
  return (
    <span className="whitespace-nowrap">
      <Glyph tone={isOdd ? "warn" : glyphs[answer]} /> {answer}
      {answer !== "allowed" && <span className="dim"> {status}</span>}
    </span>
  );
}

function EndedWord({ row: { grant, at, isAfterEnd } }: { row: AccessRecord }) {
  if (!grant) return <span className="na">no token</span>;
  if (grant.expiresAt === null) return <span className="dim">never</span>;
  if (!isAfterEnd) return <span className="dim">not yet</span>;
  const minutes = Math.round((Date.parse(at) - Date.parse(grant.expiresAt)) / 60_000);
  return (
    <span className="t-warn">
      {minutes < 120 ? `${minutes} m before` : `${Math.round(minutes / 60)} h before`}
    </span>
  );
}
