"use client";

import type { Cid } from "../../../../../../../server/kernel/cid/cid.ts";
import type { NetworkName } from "../../../../../../../server/kernel/networks.ts";
import { ReplicasPanel } from "../../../../../../_client/verify/replicas-panel.tsx";
import { VerifyPanel } from "../../../../../../_client/verify/verify-panel.tsx";

export type VerifyPanelsProps = {
  network: NetworkName;
  bucket: string;
  cid: Cid;
  /** Null = the registry does not know. */
  isPublic: boolean | null;
};

/** What this browser finds out about the bytes behind a CID. */
export function VerifyPanels(props: VerifyPanelsProps) {
  return (
    <>
      <VerifyPanel {...props} />
      <ReplicasPanel {...props} />
    </>
  );
}
