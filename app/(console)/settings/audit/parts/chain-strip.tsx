import type { ChainState } from "../../../../../server/features/audit/schema.ts";
import { formatDuration } from "../../../../_ui/format/duration.ts";
import { formatInteger, formatNumber } from "../../../../_ui/format/number.ts";
import { Glyph } from "../../../../_ui/glyph.tsx";
import { Id } from "../../../../_ui/id.tsx";
import { Time } from "../../../../_ui/time.tsx";

/** Where the chain stands, what the last walk along it found, and what was anchored. */
export function ChainStrip({ chain }: { chain: ChainState | undefined }) {
  return (
    <dl className="chain" aria-busy={chain === undefined || undefined}>
      <Head chain={chain} />
      <Checked chain={chain} />
      <Anchor chain={chain} />
    </dl>
  );
}

type PartProps = { chain: ChainState | undefined };

function Head({ chain }: PartProps) {
  const head = chain?.head;
  return (
    <div>
      <dt>Sealed to</dt>
      <dd>
        {head ? (
          <>
            <b>{formatInteger(head.seq)}</b> <Time at={head.sealedAt} form="clock" />
            <Id value={head.hash} what="hash of the head" head={16} tail={8} showCopy />
          </>
        ) : (
          <span className="dim">{chain ? "nothing yet" : "·"}</span>
        )}
        {chain && chain.unsealed.entries > 0 && (
          <span className="dim">{formatNumber(chain.unsealed.entries)} more wait to be sealed</span>
        )}
      </dd>
    </div>
  );
}

function Checked({ chain }: PartProps) {
  const checked = chain?.checked;
  return (
    <div>
      <dt>
        Whole chain{checked && ", checked "}
        {checked && <Time at={checked.at} form="instant" />}
      </dt>
      <dd>
        {!checked && <span className="dim">{chain?.isChecking ? "being checked" : "not checked yet"}</span>}
        {checked?.verdict.kind === "sound" && (
          <>
            <span className="chain-word">
              <Glyph tone="ok" size={9} /> unbroken
            </span>
            <span className="dim">
              {formatNumber(checked.verdict.links)} records in {formatDuration(checked.ms)}
            </span>
          </>
        )}
        {checked?.verdict.kind === "broken" && (
          <span className="chain-word t-crit">
            <Glyph tone="crit" size={9} /> {checked.verdict.fault}
          </span>
        )}
      </dd>
    </div>
  );
}

function Anchor({ chain }: PartProps) {
  const anchor = chain?.anchor;
  return (
    <div>
      <dt>{anchor ? `Anchor of ${anchor.day}` : "Anchor"}</dt>
      <dd>
        {anchor ? (
          <>
            <span>
              <b>{formatInteger(anchor.seq)}</b>{" "}
              <a className="lk" href="/api/audit/anchors">
                {anchor.signature ? "signed" : "not signed"}
              </a>
            </span>
            <Id value={anchor.hash} what="hash of the anchor" head={16} tail={8} showCopy />
          </>
        ) : (
          <span className="dim">the first comes within a minute of the first entry</span>
        )}
      </dd>
    </div>
  );
}
