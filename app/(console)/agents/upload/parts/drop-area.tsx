"use client";

import Upload from "lucide-react/icons/upload";
import { type DragEvent, useEffect, useRef, useState } from "react";
import { uploadLimits } from "../../../../../server/features/agents/upload-rules.ts";
import { chosenFiles, droppedFiles } from "../../../../_client/upload/dropped-files.ts";
import type { DroppedFile } from "../../../../_client/upload/read-bundle.ts";
import { Button } from "../../../../_ui/button.tsx";
import { formatBytes } from "../../../../_ui/format/bytes.ts";
import { formatShare } from "../../../../_ui/format/percent.ts";
import { Icon } from "../../../../_ui/icon.tsx";
import type { UploadState } from "./upload-state.ts";

type DropAreaProps = { state: UploadState; onFiles: (files: readonly DroppedFile[]) => void };

/** Takes files, a folder or an archive, by dropping or by choosing. */
export function DropArea({ state, onFiles }: DropAreaProps) {
  const [isOver, setOver] = useState(false);
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const over = (event: DragEvent) => {
    event.preventDefault();
    setOver(true);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    void droppedFiles(event.dataTransfer).then(onFiles);
  };
  /** Emptied afterwards, so that the same files can be chosen again once they are mended. */
  const choose = (input: HTMLInputElement) => {
    onFiles(chosenFiles(input.files));
    input.value = "";
  };
  const early = useRef(choose);
  // What was chosen before this code was there.
  useEffect(() => {
    for (const input of [files.current, folder.current])
      if (input?.files && input.files.length > 0) early.current(input);
  }, []);
  return (
    <>
      <section
        aria-label="Drop a bundle here"
        className="drop-area"
        data-over={isOver || undefined}
        onDragOver={over}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <Icon of={Upload} size={20} />
        <p>
          <b className="font-medium">Drop bundle.js and manifest.json here</b>, a folder, a .zip or a .tgz
        </p>
        <p className="dim">
          up to {uploadLimits.maxBytes / 2 ** 20} MiB and {uploadLimits.maxFiles} files,{" "}
          {uploadLimits.maxDepth} folders deep; read in this browser first, sent in parts, kept for a day when
          it breaks off
        </p>
        <span className="flex gap-2">
          <Button size="small" onClick={() => files.current?.click()}>
            Choose files
          </Button>
          <Button size="small" onClick={() => folder.current?.click()}>
            Choose a folder
          </Button>
        </span>
        <input
          ref={files}
          type="file"
          multiple
          hidden
          aria-label="Files of the bundle"
          onChange={(event) => choose(event.currentTarget)}
        />
        <input
          ref={folder}
          type="file"
          {...{ webkitdirectory: "" }}
          hidden
          aria-label="Folder of the bundle"
          onChange={(event) => choose(event.currentTarget)}
        />
      </section>
      <Progress state={state} />
    </>
  );
}

function Progress({ state }: { state: UploadState }) {
  if (state.kind === "reading")
    return <Bar label="Reading and hashing" done={state.readBytes} total={state.bytes} />;
  if (state.kind === "sending")
    return <Bar label="Sending" done={state.sentBytes} total={state.drop.bytes} />;
  return null;
}

function Bar({ label, done, total }: { label: string; done: number; total: number }) {
  return (
    <div className="grid gap-1 pt-3 text-12">
      <div className="flex justify-between">
        <span>{label}</span>
        <span className="dim">
          {formatBytes(done)} of {formatBytes(total)}, {formatShare(total === 0 ? 1 : done / total)} %
        </span>
      </div>
      <progress className="upload-progress" aria-label={label} value={done} max={Math.max(1, total)} />
    </div>
  );
}
