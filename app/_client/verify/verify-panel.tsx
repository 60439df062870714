"use client";

import Pause from "lucide-react/icons/pause";
import Play from "lucide-react/icons/play";
import ShieldCheck from "lucide-react/icons/shield-check";
import { useState } from "react";
import type { Cid } from "../../../server/kernel/cid/cid.ts";
import type { NetworkName } from "../../../server/kernel/networks.ts";
import { Banner } from "../../_ui/banner.tsx";
import { Button } from "../../_ui/button.tsx";
import { Panel } from "../../_ui/panel.tsx";
import { TextField } from "../../_ui/text-field.tsx";
import { BlockTable } from "./block-table.tsx";
import { conclusionOf } from "./conclusion.ts";
import { ReceiptButton } from "./receipt-button.tsx";
import { ReceiptCheck } from "./receipt-check.tsx";
import { UnsealPart } from "./unseal-part.tsx";
import { type UseVerifier, useVerifier } from "./use-verifier.ts";
import { VerifyMeter } from "./verify-meter.tsx";
import type { VerifyJob } from "./verify-protocol.ts";

export type VerifyPanelProps = {
  network: NetworkName;
  bucket: string;
  cid: Cid;
  /** Null = not known; private buckets need a token. */
  isPublic: boolean | null;
};

/** One CID, or all below it, hashed in this browser: no server is trusted with the result. */
export function VerifyPanel({ network, bucket, cid, isPublic }: VerifyPanelProps) {
  const verify = useVerifier();
  const [token, setToken] = useState("");
  const job = (scope: VerifyJob["scope"]): VerifyJob => ({
    network,
    bucket,
    cid: cid.text,
    scope,
    node: null,
    token: token.trim() || null,
  });
  return (
    <Panel
      title="Verification"
      sub="in this browser, no server trusted"
      isFlush
      actions={<Actions verify={verify} isDag={cid.kind === "dag-node"} job={job} />}
    >
      {isPublic === false && (
        <div className="p-4">
          <TextField
            label="DDC token"
            value={token}
            onChange={setToken}
            autoComplete="off"
            spellCheck={false}
            isMono
            hint="The bucket is private. The token goes to the node with each request and is kept nowhere else."
          />
        </div>
      )}
      <Result verify={verify} />
      <ReceiptCheck verifier={verify.verifier} />
      {cid.kind !== "dag-node" && <UnsealPart verifier={verify.verifier} job={job("block")} />}
    </Panel>
  );
}

function Actions(props: { verify: UseVerifier; isDag: boolean; job(scope: VerifyJob["scope"]): VerifyJob }) {
  const { verify, isDag, job } = props;
  const state = verify.progress?.state ?? (verify.job && !verify.failure ? "running" : "ended");
  const refused = verify.verifier ? null : "The verifier is loading";
  return (
    <>
      {verify.progress && verify.job && verify.verifier && (
        <ReceiptButton verifier={verify.verifier} cid={verify.job.cid} />
      )}
      {state === "running" && (
        <Button size="small" icon={Pause} onClick={verify.pause}>
          Cancel
        </Button>
      )}
      {state === "paused" && (
        <Button size="small" icon={Play} onClick={verify.resume}>
          Resume
        </Button>
      )}
      {state !== "running" && (
        <Button size="small" icon={ShieldCheck} refused={refused} onClick={() => verify.start(job("block"))}>
          {verify.job ? "Verify again" : "Verify"}
        </Button>
      )}
      {state !== "running" && isDag && (
        <Button size="small" refused={refused} onClick={() => verify.start(job("dag"))}>
          Verify all below
        </Button>
      )}
    </>
  );
}

function Result({ verify }: { verify: UseVerifier }) {
  const { progress, blocks, job, failure } = verify;
  if (failure)
    return (
      <Banner tone="warn" title="Verification stopped.">
        {failure}
      </Banner>
    );
  if (!progress || !job)
    return (
      <p className="p-4 text-12 text-3">
        {job
          ? "Asking nodes…"
          : "Nothing was verified here yet. Bytes are hashed as they come; nothing is stored."}
      </p>
    );
  const conclusion = conclusionOf(progress, blocks.others, job.scope);
  return (
    <>
      <VerifyMeter progress={progress} />
      <BlockTable blocks={blocks} />
      {conclusion && (
        <Banner tone={conclusion.tone} title={conclusion.title}>
          {conclusion.text}
        </Banner>
      )}
    </>
  );
}
