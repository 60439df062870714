"use client";

import Link from "next/link";
import { useMemo, useState } from "react";
import type { DagLink } from "../../../../../../../../server/kernel/cid/dag-node.ts";
import { toShownError } from "../../../../../../../_client/shown-error.ts";
import { formatBytes } from "../../../../../../../_ui/format/bytes.ts";
import { formatNumber } from "../../../../../../../_ui/format/number.ts";
import { shorten } from "../../../../../../../_ui/format/shorten.ts";
import { Panel, type PanelState } from "../../../../../../../_ui/panel.tsx";
import { SearchField } from "../../../../../../../_ui/search-field.tsx";
import type { Column } from "../../../../../../../_ui/table/columns.ts";
import { DataTable } from "../../../../../../../_ui/table/data-table.tsx";
import { cidHref } from "../../../../parts/cid-href.ts";
import { useBucketToken } from "./bucket-tokens.ts";
import { DownloadButton } from "./download-button.tsx";
import type { ContentAddress } from "./read-content.ts";
import { TokenButton } from "./token-button.tsx";
import { type LinksState, useLinks } from "./use-links.ts";

const tableHeight = 520;

/** What a DAG node links to: a directory's entries, smooth however many there are. */
export function LinksPanel({ network, bucket, cid }: ContentAddress) {
  const address = useMemo(() => ({ network, bucket, cid }), [network, bucket, cid]);
  const place = `${network}/${bucket}`;
  const token = useBucketToken(place);
  const state = useLinks(address, token);
  const [text, setText] = useState("");
  const rows = useMemo(
    () => (text === "" ? state.links : state.links.filter(({ name }) => name.includes(text))),
    [state.links, text],
  );
  const columns = useMemo(() => buildColumns(address), [address]);
  return (
    <Panel
      title="Links"
      sub={<LinksWords state={state} shown={rows.length} />}
      isFlush
      actions={
        <>
          <SearchField label="Part of a name" value={text} onChange={setText} width={150} />
          <TokenButton place={place} />
          <DownloadButton address={address} token={token} />
        </>
      }
    >
      <div className="flex flex-col" style={{ height: tableHeight }}>
        <DataTable
          label="Links"
          columns={columns}
          rows={rows}
          rowKey={(link) => `${link.name}/${link.cid.text}`}
          rowLabel={(link) => link.name}
          rowHeight={26}
          state={panelState(state, rows.length)}
        />
      </div>
    </Panel>
  );
}

function LinksWords({ state, shown }: { state: LinksState; shown: number }) {
  const { links, bytes, sizeBytes, end } = state;
  const count =
    shown === links.length
      ? formatNumber(links.length)
      : `${formatNumber(shown)} of ${formatNumber(links.length)}`;
  if (end === null)
    return (
      <>
        {count} so far, {formatBytes(bytes)}
        {sizeBytes !== null && ` of ${formatBytes(sizeBytes)}`} read; a node is verified only when it is whole
      </>
    );
  return (
    <>
      {count} in one node of {formatBytes(bytes)}
      {end.kind === "failed" && ", not read to its end"}
    </>
  );
}

function panelState({ links, end }: LinksState, shown: number): PanelState {
  if (end?.kind === "failed" && links.length === 0)
    return { kind: "failed", error: toShownError(end.error), what: "the links" };
  if (end === null && links.length === 0) return { kind: "pending" };
  if (shown > 0) return { kind: "data" };
  if (links.length > 0)
    return {
      kind: "empty",
      title: "No link has such a name",
      children: `${formatNumber(links.length)} were searched.`,
    };
  return { kind: "empty", title: "No links", children: "This node links to nothing." };
}

function buildColumns({ network, bucket }: ContentAddress): Column<DagLink>[] {
  return [
    {
      id: "name",
      title: "Name",
      width: 200,
      grows: true,
      isFixed: true,
      cell: ({ name, cid }) => (
        <Link className="truncate" href={cidHref(network, cid.text, bucket)} prefetch={false}>
          {name === "" ? <span className="dim">without a name</span> : name}
        </Link>
      ),
    },
    {
      id: "cid",
      title: "CID",
      width: 160,
      cell: ({ cid }) => <span className="mono">{shorten(cid.text, 10, 5)}</span>,
    },
    { id: "kind", title: "Kind", width: 90, cell: ({ cid }) => <span className="sec">{cid.kind}</span> },
    {
      id: "size",
      title: "Size",
      description: "Of what is linked and everything below, as the link says",
      width: 96,
      isNumber: true,
      cell: ({ size }) => formatBytes(size.toString()),
    },
  ];
}
