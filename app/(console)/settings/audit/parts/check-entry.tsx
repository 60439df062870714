"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import ShieldCheck from "lucide-react/icons/shield-check";
import type { AuditEntry } from "../../../../../server/features/audit/schema.ts";
import { toShownError } from "../../../../_client/shown-error.ts";
import { useTRPC } from "../../../../_client/trpc.tsx";
import { Button } from "../../../../_ui/button.tsx";
import { Glyph } from "../../../../_ui/glyph.tsx";
import { type CheckedEntry, judgeCheck } from "./judge-check.ts";

/** Makes the hash of one entry anew: on the server, and in this browser, which need not believe the server. */
export function CheckEntry({ entry: { id, network } }: { entry: AuditEntry }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const check = useQuery({
    queryKey: ["audit entry checked here", id],
    enabled: false,
    queryFn: async () => {
      const asked = trpc.audit.checkEntry.queryOptions({ id, network }, { staleTime: 0 });
      return judgeCheck(await queryClient.fetchQuery(asked));
    },
  });
  return (
    <div className="grid gap-2 pt-2">
      <div>
        <Button
          size="small"
          icon={ShieldCheck}
          isBusy={check.isFetching}
          onClick={() => void check.refetch()}
        >
          Check its hash
        </Button>
      </div>
      <div role="status">
        {check.isError && <span className="t-crit">{toShownError(check.error).message}</span>}
        {check.data && <Verdict {...check.data} />}
      </div>
    </div>
  );
}

function Verdict({ isSound, words, detail }: CheckedEntry) {
  return (
    <>
      <p className={isSound ? undefined : "t-crit"}>
        <Glyph tone={isSound ? "ok" : "crit"} size={9} /> {words}
      </p>
      <p className="sec text-12">{detail}</p>
    </>
  );
}
