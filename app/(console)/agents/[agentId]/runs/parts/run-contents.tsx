import Link from "next/link";
import type { RunDetail } from "../../../../../../server/features/runs/schema.ts";
import { Button } from "../../../../../_ui/button.tsx";
import { formatNumber } from "../../../../../_ui/format/number.ts";
import { shorten } from "../../../../../_ui/format/shorten.ts";
import { Id } from "../../../../../_ui/id.tsx";
import { cidHref } from "../../../../[network]/data/parts/cid-href.ts";
import { lineageHref } from "../../../../[network]/data/parts/lineage-href.ts";
import type { RunsChange } from "../search-params.ts";

type Content = RunDetail["inputs"][number];
type RunContentsProps = {
  contents: readonly Content[];
  nothing: string;
  onFilter: (change: RunsChange) => void;
};

/** Each by its CID; what DDC holds leads to its page and its lineage. */
export function RunContents({ contents, nothing, onFilter }: RunContentsProps) {
  if (contents.length === 0) return <p className="dim">{nothing}</p>;
  return (
    <ul className="grid gap-2">
      {contents.map((content) => (
        <li key={`${content.name} ${content.cid}`} className="flex flex-wrap items-center gap-x-2">
          <span className="sec">{content.name}</span>
          <ContentName content={content} />
          {content.bytes !== null && <span className="dim">{formatNumber(content.bytes)} bytes</span>}
          {content.network && (
            <Link
              className="lk"
              href={lineageHref(content.network, `content:${content.cid}`)}
              prefetch={false}
            >
              lineage
            </Link>
          )}
          <Button size="small" onClick={() => onFilter({ cid: content.cid })}>
            Runs with it
          </Button>
        </li>
      ))}
    </ul>
  );
}

function ContentName({ content: { cid, network, bucket } }: { content: Content }) {
  if (network === null)
    return (
      <span data-tip="Hashed by the runtime; it did not say that DDC holds it.">
        <Id value={cid} what="CID" head={12} tail={6} showCopy />
      </span>
    );
  return (
    <Link className="lk mono" href={cidHref(network, cid, bucket)} prefetch={false}>
      {shorten(cid, 12, 6)}
    </Link>
  );
}
