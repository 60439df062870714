"use client";

import { useInfiniteQuery, useMutation } from "@tanstack/react-query";
import type { Silence } from "../../../../../server/features/alerts/schema.ts";
import type { NetworkName } from "../../../../../server/kernel/networks.ts";
import { toShownError } from "../../../../_client/shown-error.ts";
import { useTRPC, useTRPCClient } from "../../../../_client/trpc.tsx";
import { useRefusal } from "../../../../_shell/use-refusal.ts";
import { Button } from "../../../../_ui/button.tsx";
import { Glyph } from "../../../../_ui/glyph.tsx";
import { notify } from "../../../../_ui/notify.ts";
import { Panel } from "../../../../_ui/panel.tsx";
import { queryState } from "../../../../_ui/query-panel.tsx";
import { Sheet } from "../../../../_ui/sheet.tsx";
import { Time } from "../../../../_ui/time.tsx";

const nothing = {
  title: "No silences",
  children:
    "A silence is made from an alert, with a reason and an end; it stands here while it runs and afterwards.",
};

/** What is hidden, by whom, why and until when; those that hide nothing any more are called forgotten. */
export function SilencesPanel({ network }: { network: NetworkName }) {
  const trpc = useTRPC();
  const pages = useInfiniteQuery(
    trpc.alerts.silences.infiniteQueryOptions({ network }, { getNextPageParam: (page) => page.next }),
  );
  const silences = pages.data?.pages.flatMap((page) => page.rows) ?? [];
  return (
    <Sheet>
      <Panel
        title="Silences"
        sub="those that end last come first"
        isFlush
        state={queryState(pages, "the silences", () => (silences.length > 0 ? null : nothing))}
      >
        <table className="tbl tbl-two" aria-label="Silences">
          <thead>
            <tr>
              <th scope="col">Hides</th>
              <th scope="col">Reason</th>
              <th scope="col">By</th>
              <th scope="col">Ends</th>
              <th scope="col" className="num">
                Hidden now
              </th>
              <th scope="col">
                <span className="sr-only">Actions</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {silences.map((silence) => (
              <SilenceRow key={silence.id} network={network} silence={silence} />
            ))}
          </tbody>
        </table>
        {pages.hasNextPage && (
          <div className="px-4 py-2">
            <Button size="small" isBusy={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
              Show more
            </Button>
          </div>
        )}
      </Panel>
    </Sheet>
  );
}

function SilenceRow({ network, silence }: { network: NetworkName; silence: Silence }) {
  return (
    <tr>
      <td>
        <span className="two">
          <span>{silence.subject?.name ?? (silence.rule ? "Every subject" : "What fits")}</span>
          <span className="dim">
            {silence.rule ?? (silence.subject ? "every rule" : silence.matchers)}
            {silence.isShared && ", also in Alertmanager"}
          </span>
        </span>
      </td>
      <td>{silence.reason}</td>
      <td>{silence.madeBy}</td>
      <td>
        {silence.endedAt === null ? (
          <Time at={silence.endsAt} isQuiet />
        ) : (
          <span className="dim">
            ended by {silence.endedBy} <Time at={silence.endedAt} isQuiet />
          </span>
        )}
        {silence.isForgotten && (
          <span className="t-warn">
            {" "}
            <Glyph tone="warn" size={9} /> forgotten?
          </span>
        )}
      </td>
      <td className="num">{silence.hides}</td>
      <td>{silence.isRunning && <EndButton network={network} id={silence.id} />}</td>
    </tr>
  );
}

/** Back to safety: one click, and said what came back. */
function EndButton({ network, id }: { network: NetworkName; id: string }) {
  const client = useTRPCClient();
  const refusal = useRefusal("operator", network);
  const { mutate, isPending } = useMutation({
    mutationFn: () => client.alerts.unsilence.mutate({ network, id }),
    onSuccess: () => notify({ tone: "ok", title: "The silence has ended" }),
    onError: (error) => notify({ tone: "crit", title: "Not ended", detail: toShownError(error).message }),
  });
  return (
    <Button size="small" refused={refusal} isBusy={isPending} onClick={() => mutate()}>
      End now
    </Button>
  );
}
