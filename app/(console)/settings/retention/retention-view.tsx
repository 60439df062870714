"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Kept } from "../../../../server/features/settings/schema.ts";
import { useTRPC } from "../../../_client/trpc.tsx";
import { useRefusal } from "../../../_shell/use-refusal.ts";
import { Button } from "../../../_ui/button.tsx";
import { formatBytes } from "../../../_ui/format/bytes.ts";
import { formatNumber } from "../../../_ui/format/number.ts";
import { PageHead } from "../../../_ui/page-head.tsx";
import { QueryPanel } from "../../../_ui/query-panel.tsx";
import { Sheet } from "../../../_ui/sheet.tsx";
import { Time } from "../../../_ui/time.tsx";
import { WhatIsThis } from "../../../_ui/what-is-this.tsx";
import { daysInWords, keptNames } from "./parts/kept-words.ts";
import { RetentionDialog } from "./parts/retention-dialog.tsx";

/** How long records and windows are kept, what that takes, and the way to change it. */
export function RetentionView() {
  const trpc = useTRPC();
  const query = useQuery(trpc.settings.retention.queryOptions());
  const refused = useRefusal("admin", null);
  const [edited, setEdited] = useState<Kept | null>(null);
  const total = query.data?.kinds.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  return (
    <>
      <PageHead
        title="Retention"
        what={<WhatRetentionIs />}
        meta={total !== undefined && `${formatBytes(total)} on disk`}
      />
      <Sheet>
        <QueryPanel
          title="Kept"
          sub={<ChangedBy {...query.data} />}
          isFlush
          query={query}
          what="the retention"
        >
          {({ kinds }) => (
            <table className="tbl">
              <thead>
                <tr>
                  <th scope="col">What</th>
                  <th scope="col">Kept for</th>
                  <th scope="col">Oldest</th>
                  <th scope="col" className="num">
                    Partitions
                  </th>
                  <th scope="col" className="num">
                    On disk
                  </th>
                  <th scope="col">
                    <span className="sr-only">Change</span>
                  </th>
                </tr>
              </thead>
              <tbody>
                {kinds.map((kept) => (
                  <tr key={kept.kind}>
                    <th scope="row">{keptNames[kept.kind]}</th>
                    <td>
                      {daysInWords(kept.days)}{" "}
                      {kept.days !== kept.defaultDays && (
                        <span className="dim">default {daysInWords(kept.defaultDays)}</span>
                      )}
                    </td>
                    <td>
                      <Time at={kept.oldest} form="day" isQuiet />
                    </td>
                    <td className="num">{formatNumber(kept.partitions)}</td>
                    <td className="num">{formatBytes(kept.sizeBytes)}</td>
                    <td className="num">
                      <Button size="small" refused={refused} onClick={() => setEdited(kept)}>
                        Change
                      </Button>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
        </QueryPanel>
      </Sheet>
      {edited && <RetentionDialog kept={edited} onClose={() => setEdited(null)} />}
    </>
  );
}

function ChangedBy({ changedBy, changedAt }: { changedBy?: string | null; changedAt?: string | null }) {
  if (!changedBy || !changedAt) return "as delivered";
  return (
    <>
      changed by {changedBy}, <Time at={changedAt} />
    </>
  );
}

function WhatRetentionIs() {
  return (
    <WhatIsThis title="Retention" doc="retention">
      <p>
        Every record adds to windows of a second, a minute, an hour and a day. Raw records and narrow windows
        are dropped after a while, a whole partition at a time; pages then draw the same time from wider
        windows.
      </p>
      <p>Longer takes disk, and nothing that was dropped comes back. Shorter drops within ten minutes.</p>
    </WhatIsThis>
  );
}
