"use client";

import { useQuery } from "@tanstack/react-query";
import { parseAsString, useQueryState } from "nuqs";
import { useState } from "react";
import { useTRPC } from "../../../_client/trpc.tsx";
import { useRefusal } from "../../../_shell/use-refusal.ts";
import { Banner } from "../../../_ui/banner.tsx";
import { Button } from "../../../_ui/button.tsx";
import { Checkbox } from "../../../_ui/checkbox.tsx";
import { PageHead } from "../../../_ui/page-head.tsx";
import { Panel } from "../../../_ui/panel.tsx";
import { Sheet } from "../../../_ui/sheet.tsx";
import { TextField } from "../../../_ui/text-field.tsx";
import { WhatIsThis } from "../../../_ui/what-is-this.tsx";
import { ContentPanel } from "./parts/content-panel.tsx";
import { DropArea } from "./parts/drop-area.tsx";
import { ManifestSource } from "./parts/manifest-source.tsx";
import { OutcomeBanner } from "./parts/outcome-banner.tsx";
import { dropOf, refusalToSend } from "./parts/upload-state.ts";
import { useUpload } from "./parts/use-upload.ts";

/** From a drop to a registered version: read and judged in this browser first, then sent in parts. */
export function UploadView() {
  const trpc = useTRPC();
  const [service, setService] = useQueryState("service", parseAsString.withDefault(""));
  const [note, setNote] = useState("");
  const [asDraft, setAsDraft] = useState(false);
  const refusal = useRefusal("developer", null);
  const upload = useUpload();
  const { state } = upload;
  const drop = dropOf(state);
  const agentService = service.trim();
  const cannot = refusal ?? (drop ? refusalToSend(drop, { agentService }) : "Choose a bundle first");
  const agentId = drop?.reading.manifest ? `${agentService}:${drop.reading.manifest.alias}` : null;
  const known = useQuery(
    trpc.agents.known.queryOptions(
      { agentId: agentId ?? "", cid: drop?.reading.cid ?? "" },
      { enabled: agentId !== null && cannot === null },
    ),
  );
  const isSending = state.kind === "sending";
  return (
    <>
      <PageHead
        title="Upload a version"
        what={<WhatUploadingIs />}
        actions={
          <>
            {drop && state.kind !== "done" && (
              <Button kind="ghost" onClick={() => upload.discard(agentService)}>
                Discard
              </Button>
            )}
            {isSending && <Button onClick={upload.stop}>Stop</Button>}
            {state.kind !== "done" && (
              <Button
                kind="primary"
                refused={cannot}
                isBusy={isSending}
                onClick={() => drop && upload.send(drop, { agentService, note, asDraft })}
              >
                {state.kind === "stopped" ? "Go on" : "Upload and register"}
              </Button>
            )}
          </>
        }
      />
      <div role="status">
        {state.kind === "refused" && (
          <Banner tone="crit" title="This cannot be uploaded.">
            {state.why}
          </Banner>
        )}
        {state.kind === "stopped" && (
          <Banner tone="warn" title="Not registered.">
            {state.why}
          </Banner>
        )}
        {state.kind === "done" && <OutcomeBanner outcome={state.outcome} />}
      </div>
      <Sheet columns="minmax(0, 2fr) minmax(0, 1fr)">
        <Panel title="Bundle" sub="bundle.js and manifest.json">
          <DropArea state={state} onFiles={upload.read} />
        </Panel>
        <ContentPanel state={state} known={known.data ?? null} />
      </Sheet>
      {drop && (
        <Sheet>
          <ManifestSource
            text={drop.reading.manifestText}
            faults={
              state.kind === "done" && state.outcome.kind === "faulty"
                ? state.outcome.faults
                : drop.reading.faults
            }
          />
        </Sheet>
      )}
      <Sheet>
        <Panel title="Registered as">
          <div className="grid max-w-160 gap-3">
            <TextField
              label="Agent service"
              hint="Its public key, 64 hex digits. With the alias of the manifest it is the agent’s id."
              value={service}
              onChange={(value) => void setService(value === "" ? null : value)}
              isMono
              spellCheck={false}
              autoComplete="off"
            />
            <TextField
              label="Note"
              hint="Shown in the registry"
              value={note}
              onChange={setNote}
              maxLength={500}
            />
            <Checkbox
              label="as a draft, which cannot be deployed yet"
              isChecked={asDraft}
              onChange={setAsDraft}
            />
          </div>
        </Panel>
      </Sheet>
    </>
  );
}

function WhatUploadingIs() {
  return (
    <WhatIsThis title="Uploading">
      <p>
        The bundle is unpacked, hashed and judged in this browser by the rules that the server applies again.
        The version is the CID of its files, so the same files are the same version.
      </p>
      <p>Registering runs nothing: what runs where says the deployment SET of each environment.</p>
    </WhatIsThis>
  );
}
