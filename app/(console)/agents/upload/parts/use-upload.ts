"use client";

import { useRef, useState } from "react";
import { isJunk } from "../../../../../server/kernel/archive/archive-limits.ts";
import type { DroppedFile } from "../../../../_client/upload/read-bundle.ts";
import { readInWorker } from "../../../../_client/upload/read-in-worker.ts";
import { discardLeft, sendBundle } from "../../../../_client/upload/send-bundle.ts";
import { dropOf, type ReadDrop, type UploadState } from "./upload-state.ts";

export type SendAs = { agentService: string; note: string; asDraft: boolean };

/** One upload from the drop to its outcome. A later drop takes the place of what is under way. */
export function useUpload() {
  const [state, setState] = useState<UploadState>({ kind: "empty" });
  const work = useRef(new AbortController());
  const begin = () => {
    work.current.abort();
    work.current = new AbortController();
    return work.current.signal;
  };

  async function read(dropped: readonly DroppedFile[]): Promise<void> {
    const files = dropped.filter(({ name }) => !isJunk(name));
    const signal = begin();
    const bytes = files.reduce((sum, { blob }) => sum + blob.size, 0);
    const tell = (next: UploadState) => !signal.aborted && setState(next);
    tell({ kind: "reading", bytes, readBytes: 0 });
    try {
      const onBytes = (readBytes: number) => tell({ kind: "reading", bytes, readBytes });
      const { reading, ms } = await readInWorker(files, { signal, onBytes });
      tell({ kind: "read", drop: { files, bytes, reading, ms } });
    } catch (error) {
      tell({ kind: "refused", why: wordsOf(error) });
    }
  }

  async function send(drop: ReadDrop, as: SendAs): Promise<void> {
    const signal = begin();
    setState({ kind: "sending", drop, sentBytes: 0 });
    try {
      const outcome = await sendBundle(
        { ...as, files: drop.files, cid: drop.reading.cid },
        { signal, onSent: (sentBytes) => !signal.aborted && setState({ kind: "sending", drop, sentBytes }) },
      );
      setState({ kind: "done", drop, outcome });
    } catch (error) {
      setState({ kind: "stopped", drop, why: wordsOf(error) });
    }
  }

  return {
    state,
    read: (files: readonly DroppedFile[]) => void read(files),
    send: (drop: ReadDrop, as: SendAs) => void send(drop, as),
    /** What was sent stays at the server, and sending can go on. */
    stop: () => work.current.abort(),
    discard: (agentService: string) => {
      const drop = dropOf(state);
      work.current.abort();
      setState({ kind: "empty" });
      if (drop) void discardLeft({ agentService, cid: drop.reading.cid });
    },
  };
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
