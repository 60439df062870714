"use client";

import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { formatBytes } from "../../../../../../../_ui/format/bytes.ts";
import { formatNumber } from "../../../../../../../_ui/format/number.ts";
import { QueryPanel } from "../../../../../../../_ui/query-panel.tsx";
import { Segmented } from "../../../../../../../_ui/segmented.tsx";
import { SmallTable } from "../../../../../../../_ui/table/small-table.tsx";
import { tokenChanges, useBucketToken } from "./bucket-tokens.ts";
import { chooseLook, type Look, type LookView } from "./choose-view.ts";
import { DownloadButton } from "./download-button.tsx";
import { HexView } from "./hex-view.tsx";
import { JsonView } from "./json-view.tsx";
import { MediaView } from "./media-view.tsx";
import { parseCsv } from "./parse-csv.ts";
import { PartControl } from "./part-control.tsx";
import { type ContentAddress, openContent, type Part, readBytes } from "./read-content.ts";
import { TokenButton } from "./token-button.tsx";
import "./look.css";
import { tabStopWhileScrolling } from "../../../../../../../_ui/tab-stop-while-scrolling.ts";

/** So much is read to look at; more is read in parts on demand. */
export const partBytes = 256 * 1024;
const hexBytes = 4 * 1024;
const csvRows = 200;

/** The content itself, in parts, shown so that nothing in it can run. */
export function LookPanel({ network, bucket, cid }: ContentAddress) {
  const address = useMemo(() => ({ network, bucket, cid }), [network, bucket, cid]);
  const place = `${network}/${bucket}`;
  const token = useBucketToken(place);
  const [from, setFrom] = useState(0);
  const [chosen, setChosen] = useState<LookView | null>(null);
  const query = useQuery({
    // The token itself is never a key, so it is nowhere but in its map.
    queryKey: ["content", place, cid, from, tokenChanges()],
    queryFn: ({ signal }) => readPart(address, { part: { from, to: from + partBytes }, token, signal }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false,
  });
  const look = useMemo(() => (query.data ? chooseLook(query.data.bytes) : null), [query.data]);
  const views = look?.views ?? [];
  const view = views.find((known) => known === chosen) ?? (from > 0 ? "hex" : (views[0] ?? "hex"));
  return (
    <QueryPanel
      title="Look"
      sub={look && `${look.recognised.name}${query.data?.node ? `, served by ${query.data.node.name}` : ""}`}
      what="the content"
      query={query}
      isFlush
      actions={
        <>
          {views.length > 1 && (
            <Segmented
              label="view"
              value={view}
              options={views.map((value) => ({ value, label: viewWords[value] }))}
              onChange={setChosen}
            />
          )}
          <TokenButton place={place} />
          <DownloadButton address={address} token={token} />
        </>
      }
      emptyWhen={({ bytes }) =>
        bytes.length === 0 && from === 0 ? { title: "Empty", children: "It has no bytes." } : null
      }
    >
      {({ bytes, sizeBytes }) => (
        <>
          {look && look.note !== null && <p className="panel-note">{look.note}</p>}
          {look && (
            <Shown view={view} look={look} bytes={bytes} from={from} address={address} token={token} />
          )}
          <PartControl
            from={from}
            bytes={bytes.length}
            sizeBytes={sizeBytes}
            step={partBytes}
            onFrom={setFrom}
          />
        </>
      )}
    </QueryPanel>
  );
}

const viewWords: Record<LookView, string> = {
  text: "Text",
  json: "JSON",
  csv: "Table",
  image: "Image",
  audio: "Sound",
  video: "Film",
  hex: "Hex",
};

async function readPart(
  address: ContentAddress,
  asked: { part: Part; token: string | null; signal: AbortSignal },
) {
  const answer = await openContent(address, asked);
  const bytes = await readBytes(answer, asked.part.to - asked.part.from);
  return { bytes, sizeBytes: answer.sizeBytes, node: answer.node };
}

type ShownProps = {
  view: LookView;
  look: Look;
  bytes: Uint8Array;
  from: number;
  address: ContentAddress;
  token: string | null;
};

function Shown({ view, look, bytes, from, address, token }: ShownProps) {
  switch (view) {
    case "text":
      return (
        <pre ref={tabStopWhileScrolling} className="look-text mono">
          {new TextDecoder().decode(bytes)}
        </pre>
      );
    case "json":
      return <JsonView text={new TextDecoder().decode(bytes)} />;
    case "csv":
      return <CsvView text={new TextDecoder().decode(bytes)} />;
    case "image":
    case "audio":
    case "video":
      return look.recognised.media === null ? null : (
        <MediaView kind={view} media={look.recognised.media} address={address} token={token} />
      );
    case "hex":
      return (
        <>
          <HexView bytes={bytes.subarray(0, hexBytes)} from={from} />
          {bytes.length > hexBytes && (
            <p className="panel-note dim">
              {formatBytes(hexBytes)} of this part; {formatNumber(bytes.length - hexBytes)} bytes more were
              read.
            </p>
          )}
        </>
      );
  }
}

function CsvView({ text }: { text: string }) {
  const [head = [], ...rows] = parseCsv(text, csvRows);
  return (
    <div className="look-scroll">
      <SmallTable
        label="Comma-separated values"
        isCompact
        rows={rows.map((cells, line) => ({ cells, line }))}
        rowKey={({ line }) => String(line)}
        columns={head.map((title, column) => ({
          id: `${column}`,
          title,
          cell: ({ cells }: { cells: string[] }) => cells[column] ?? "",
        }))}
      />
      {rows.length >= csvRows - 1 && <p className="panel-note dim">The first {csvRows - 1} lines.</p>}
    </div>
  );
}
