import type { ReactNode } from "react";
import type { Version } from "../../../../../server/features/agents/schema.ts";
import { formatBytes } from "../../../../_ui/format/bytes.ts";
import { formatDuration } from "../../../../_ui/format/duration.ts";
import { formatNumber } from "../../../../_ui/format/number.ts";
import { Id } from "../../../../_ui/id.tsx";
import { KeyValue } from "../../../../_ui/key-value.tsx";
import { Panel } from "../../../../_ui/panel.tsx";
import { StatusWord } from "../../../../_ui/status-word.tsx";
import { dropOf, type ReadDrop, type UploadState } from "./upload-state.ts";

type ContentPanelProps = { state: UploadState; known: Version | null };

/** What the files hash to here and at the server, and which files they are. */
export function ContentPanel({ state, known }: ContentPanelProps) {
  const drop = dropOf(state);
  if (!drop)
    return (
      <Panel title="Content id">
        <p className="dim text-12">
          The CID of the version: shown as soon as the files are read, and again as the server has it.
        </p>
      </Panel>
    );
  const { reading } = drop;
  return (
    <Panel
      title="Content id"
      sub={reading.manifest && `${reading.manifest.alias} ${reading.manifest.version}`}
    >
      <KeyValue items={factsOf({ state, drop, known })} />
      {reading.files.length > maxShown && (
        <p className="dim pt-2 text-12">{formatNumber(reading.files.length)} files in all</p>
      )}
    </Panel>
  );
}

const maxShown = 10;

type Facts = ContentPanelProps & { drop: ReadDrop };

function factsOf({ state, drop: { reading, ms }, known }: Facts): (readonly [string, ReactNode])[] {
  return [
    [
      "Before",
      <span key="before">
        <Id value={reading.cid} what="CID" head={14} tail={8} showCopy /> this browser, {formatDuration(ms)}
      </span>,
    ],
    ["After", <After key="after" state={state} cid={reading.cid} />],
    ["Same content before", <Known key="known" known={known} />],
    ...reading.files.slice(0, maxShown).map((file) => [file.name, <FileId key="id" file={file} />] as const),
  ];
}

function FileId({ file: { name, cid, bytes } }: { file: ReadDrop["reading"]["files"][number] }) {
  return (
    <>
      <Id value={cid} what={`CID of ${name}`} head={10} tail={6} /> {formatBytes(bytes)}
    </>
  );
}

function After({ state, cid }: { state: UploadState; cid: string }) {
  if (state.kind !== "done") return <span className="dim">not sent yet</span>;
  const { outcome } = state;
  const stored = outcome.kind === "faulty" ? outcome.cid : outcome.version.cid;
  return (
    <>
      <Id value={stored} what="CID at the server" head={14} tail={8} showCopy />{" "}
      {stored === cid ? (
        <StatusWord tone="ok">identical</StatusWord>
      ) : (
        <StatusWord tone="crit">different</StatusWord>
      )}
    </>
  );
}

function Known({ known }: { known: Version | null }) {
  if (!known) return <span className="dim">no, as far as is known</span>;
  return (
    <>
      yes: {known.semver}, {known.state}, by {known.uploadedBy}
    </>
  );
}
