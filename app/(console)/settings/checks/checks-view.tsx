"use client";

import { PageHead } from "../../../_ui/page-head.tsx";
import { Sheet } from "../../../_ui/sheet.tsx";
import { WhatIsThis } from "../../../_ui/what-is-this.tsx";
import { DiscoveryPanel } from "./parts/discovery-panel.tsx";
import { VerificationPanel } from "./parts/verification-panel.tsx";

/** What the console asks storage nodes for by itself, and within which bounds. */
export function ChecksView() {
  return (
    <>
      <PageHead title="Content checks" what={<WhatChecksAre />} meta="of all networks together" />
      <Sheet>
        <VerificationPanel />
        <DiscoveryPanel />
      </Sheet>
    </>
  );
}

function WhatChecksAre() {
  return (
    <WhatIsThis title="Content checks">
      <p>
        The console reads a sample of what each node served of late and hashes it. It also asks public buckets
        for their CNS names and reads DAG nodes, to know what is there: no node lists a bucket.
      </p>
      <p>Private buckets are never asked. Every question is bounded in bytes and time.</p>
    </WhatIsThis>
  );
}
