"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import type { NetworkName } from "../../../../../server/kernel/networks.ts";
import { useLiveInvalidation } from "../../../../_client/live/live-provider.tsx";
import { useTRPC } from "../../../../_client/trpc.tsx";
import { CopyMenu } from "../../../../_shell/copy/copy-menu.tsx";
import { procedureCall } from "../../../../_shell/copy/copy-text.ts";
import { LinkButton } from "../../../../_ui/link-button.tsx";
import { PageHead } from "../../../../_ui/page-head.tsx";
import { PagedPanel } from "../../../../_ui/paged-panel.tsx";
import { Sheet } from "../../../../_ui/sheet.tsx";
import { WhatIsThis } from "../../../../_ui/what-is-this.tsx";
import { CheckFilters } from "./parts/check-filters.tsx";
import { CheckTable } from "./parts/check-table.tsx";
import { toListInput, verificationParsers } from "./search-params.ts";

/** What the schedule found, newest first. */
export function VerificationView({ network }: { network: NetworkName }) {
  const trpc = useTRPC();
  useLiveInvalidation(network);
  const [params, setParams] = useQueryStates(verificationParsers, { history: "replace" });
  const input = toListInput(network, params);
  const pages = useInfiniteQuery(
    trpc.verification.list.infiniteQueryOptions(input, {
      getNextPageParam: (page) => page.next,
    }),
  );
  const checks = pages.data?.pages.flatMap((page) => page.rows) ?? [];
  return (
    <>
      <PageHead
        title="Verification"
        what={<WhatVerificationIs />}
        meta="what nodes served, hashed by the console's server"
        actions={
          <>
            <LinkButton href="/settings/checks">Schedule</LinkButton>
            <CopyMenu rows={checks} call={procedureCall("verification.list", input)} />
          </>
        }
      />
      <CheckFilters params={params} onChange={(change) => void setParams(change)} />
      <Sheet>
        <PagedPanel
          title="Checks"
          sub="of the last 30 days, newest first"
          query={pages}
          what="the checks"
          shown={checks.length}
          empty={() => nothing}
        >
          <CheckTable network={network} checks={checks} onNode={(node) => void setParams({ node })} />
        </PagedPanel>
      </Sheet>
    </>
  );
}

const nothing = {
  title: "No check fits",
  children:
    "Remove a filter, or wait: each node of the network is looked at some times an hour, where it served pieces of public buckets of late.",
};

function WhatVerificationIs() {
  return (
    <WhatIsThis title="Verification">
      <p>
        A CID is the hash of its content. The server reads a sample of what each node served of late and
        hashes it: verified, or a mismatch, which raises the node's risk and stands among its events.
      </p>
      <p>
        Unreachable and unverifiable pieces blame nobody. The page of a CID checks one piece in your browser,
        and compares its replicas.
      </p>
    </WhatIsThis>
  );
}
