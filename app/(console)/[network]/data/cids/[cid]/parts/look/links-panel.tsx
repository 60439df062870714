"use client";

import ChevronDown from "lucide-react/icons/chevron-down";
import ChevronRight from "lucide-react/icons/chevron-right";
import Link from "next/link";
import { type KeyboardEvent, useMemo, useRef, useState } from "react";
import { toShownError } from "../../../../../../../_client/shown-error.ts";
import { formatBytes } from "../../../../../../../_ui/format/bytes.ts";
import { formatNumber } from "../../../../../../../_ui/format/number.ts";
import { shorten } from "../../../../../../../_ui/format/shorten.ts";
import { IconButton } from "../../../../../../../_ui/icon-button.tsx";
import { Panel, type PanelState } from "../../../../../../../_ui/panel.tsx";
import { SearchField } from "../../../../../../../_ui/search-field.tsx";
import type { Column } from "../../../../../../../_ui/table/columns.ts";
import { DataTable } from "../../../../../../../_ui/table/data-table.tsx";
import { cidHref } from "../../../../parts/cid-href.ts";
import { useBucketToken } from "./bucket-tokens.ts";
import { DownloadButton } from "./download-button.tsx";
import type { ContentAddress } from "./read-content.ts";
import "./look.css";
import { TokenButton } from "./token-button.tsx";
import { type TreeRow, treeRows } from "./tree-rows.ts";
import { useBranches } from "./use-branches.ts";
import { type LinksState, useLinks } from "./use-links.ts";

const tableHeight = 520;

/** What a DAG node links to, as a tree: smooth however many entries there are; nested nodes are read when opened. */
export function LinksPanel({ network, bucket, cid }: ContentAddress) {
  const address = useMemo(() => ({ network, bucket, cid }), [network, bucket, cid]);
  const place = `${network}/${bucket}`;
  const token = useBucketToken(place);
  const state = useLinks(address, token);
  const { branches, toggle } = useBranches(address, token);
  const [text, setText] = useState("");
  const made = useRef(new Map<string, TreeRow>());
  const tree = useMemo(() => treeRows(state.links, branches, made.current), [state.links, branches]);
  const rows = useMemo(
    () => (text === "" ? tree : tree.filter(({ link }) => link?.name.includes(text))),
    [tree, text],
  );
  const columns = useMemo(() => buildColumns(address, toggle), [address, toggle]);
  /** As in any tree: right opens, left closes. Rows have the focus. */
  const onKeyDown = (event: KeyboardEvent) => {
    const wanted = event.key === "ArrowRight" ? "open" : event.key === "ArrowLeft" ? "closed" : null;
    const key = event.target instanceof HTMLElement ? event.target.dataset.key : undefined;
    const row = wanted && key !== undefined ? rows.find((candidate) => candidate.key === key) : undefined;
    if (!row || row.isOpen === (wanted === "open")) return;
    event.preventDefault();
    toggle(row);
  };
  return (
    <Panel
      title="Links"
      sub={
        <LinksWords
          state={state}
          below={tree.length - state.links.length}
          found={text === "" ? null : rows.length}
        />
      }
      isFlush
      actions={
        <>
          <SearchField label="Part of a name" value={text} onChange={setText} width={150} />
          <TokenButton place={place} />
          <DownloadButton address={address} token={token} />
        </>
      }
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: keys of the rows inside, which have the focus */}
      <div className="flex flex-col" style={{ height: tableHeight }} onKeyDown={onKeyDown}>
        <DataTable
          label="Links"
          columns={columns}
          rows={rows}
          rowKey={({ key }) => key}
          rowLabel={({ link, note }) => link?.name ?? note ?? ""}
          rowHeight={26}
          state={panelState(state, rows.length, tree.length)}
        />
      </div>
    </Panel>
  );
}

type LinksWordsProps = {
  state: LinksState;
  /** Rows of opened nodes. */
  below: number;
  /** Rows whose name fits; null = nothing is searched. */
  found: number | null;
};

function LinksWords({ state, below, found }: LinksWordsProps) {
  const { links, bytes, sizeBytes, end } = state;
  const count = `${found === null ? "" : `${formatNumber(found)} of `}${formatNumber(links.length)}`;
  const opened = below > 0 ? `, ${formatNumber(below)} below opened nodes` : "";
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
      {opened}
      {end.kind === "failed" && ", not read to its end"}
    </>
  );
}

function panelState({ links, end }: LinksState, shown: number, searched: number): PanelState {
  if (end?.kind === "failed" && links.length === 0)
    return { kind: "failed", error: toShownError(end.error), what: "the links" };
  if (end === null && links.length === 0) return { kind: "pending" };
  if (shown > 0) return { kind: "data" };
  if (links.length > 0)
    return {
      kind: "empty",
      title: "No link has such a name",
      children: `${formatNumber(searched)} were searched; names below a node count once it is opened.`,
    };
  return { kind: "empty", title: "No links", children: "This node links to nothing." };
}

const indentPx = 18;

function buildColumns(
  { network, bucket }: ContentAddress,
  onToggle: (row: TreeRow) => void,
): Column<TreeRow>[] {
  return [
    {
      id: "name",
      title: "Name",
      width: 200,
      grows: true,
      isFixed: true,
      cell: (row) => (
        <span className="flex min-w-0 items-center gap-1" style={{ paddingLeft: row.depth * indentPx }}>
          {row.link?.cid.kind === "dag-node" ? (
            <OpenButton row={row} onToggle={onToggle} />
          ) : (
            <span className="look-leaf" />
          )}
          {row.link ? (
            <Link className="truncate" href={cidHref(network, row.link.cid.text, bucket)} prefetch={false}>
              {row.link.name === "" ? <span className="dim">without a name</span> : row.link.name}
            </Link>
          ) : (
            <span className="dim truncate">{row.note}</span>
          )}
        </span>
      ),
    },
    {
      id: "cid",
      title: "CID",
      width: 160,
      cell: ({ link }) => link && <span className="mono">{shorten(link.cid.text, 10, 5)}</span>,
    },
    {
      id: "kind",
      title: "Kind",
      width: 90,
      cell: ({ link }) => link && <span className="sec">{link.cid.kind}</span>,
    },
    {
      id: "size",
      title: "Size",
      description: "Of what is linked and everything below, as the link says",
      width: 96,
      isNumber: true,
      cell: ({ link }) => link && formatBytes(link.size.toString()),
    },
  ];
}

function OpenButton({ row, onToggle }: { row: TreeRow; onToggle: (row: TreeRow) => void }) {
  return (
    <IconButton
      icon={row.isOpen ? ChevronDown : ChevronRight}
      label={`${row.isOpen ? "Close" : "Open"} ${row.link?.name ?? ""}`}
      aria-expanded={row.isOpen}
      className="look-open"
      tabIndex={-1}
      onClick={() => onToggle(row)}
    />
  );
}
