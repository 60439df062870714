"use client";

import Download from "lucide-react/icons/download";
import { useState } from "react";
import { Button } from "../../../../../../../_ui/button.tsx";
import { Icon } from "../../../../../../../_ui/icon.tsx";
import { notify } from "../../../../../../../_ui/notify.ts";
import { type ContentAddress, contentHref, openContent } from "./read-content.ts";

const mostPrivateBytes = 512 * 2 ** 20;

/** A link where none needs a token; else the bytes are read by header first, as a link cannot carry one. */
export function DownloadButton({ address, token }: { address: ContentAddress; token: string | null }) {
  const [isBusy, setBusy] = useState(false);
  if (token === null)
    return (
      <a className="btn btn-ghost btn-sm" href={contentHref(address)} download={address.cid}>
        <Icon of={Download} size={14} />
        <span>Download</span>
      </a>
    );
  const download = async () => {
    setBusy(true);
    try {
      await save(address, token);
    } catch (error) {
      notify({
        tone: "warn",
        title: "Not downloaded",
        detail: error instanceof Error ? error.message : String(error),
      });
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button kind="ghost" size="small" icon={Download} isBusy={isBusy} onClick={() => void download()}>
      Download
    </Button>
  );
}

async function save(address: ContentAddress, token: string): Promise<void> {
  const signal = AbortSignal.timeout(10 * 60_000);
  const answer = await openContent(address, { part: null, token, signal });
  if ((answer.sizeBytes ?? 0) > mostPrivateBytes)
    throw new Error("A browser tab should not hold so much. Ask a node for it with your token.");
  const href = URL.createObjectURL(
    new Blob([await new Response(answer.body).arrayBuffer()], { type: "application/octet-stream" }),
  );
  const link = document.createElement("a");
  link.href = href;
  link.download = address.cid;
  link.click();
  URL.revokeObjectURL(href);
}
