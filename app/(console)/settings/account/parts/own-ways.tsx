"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { OwnWays } from "../../../../../server/features/identity/schema.ts";
import { toShownError } from "../../../../_client/shown-error.ts";
import { useTRPC } from "../../../../_client/trpc.tsx";
import { Button } from "../../../../_ui/button.tsx";
import { Dialog } from "../../../../_ui/dialog.tsx";
import { shorten } from "../../../../_ui/format/shorten.ts";
import { notify } from "../../../../_ui/notify.ts";
import { QueryPanel } from "../../../../_ui/query-panel.tsx";
import { SmallTable } from "../../../../_ui/table/small-table.tsx";
import { Time } from "../../../../_ui/time.tsx";
import { postAuth } from "../../../../sign-in/post-auth.ts";
import { WalletSteps } from "../../../../sign-in/wallet-steps.tsx";

type Way = OwnWays["ways"][number];

/** How one signs in. The last way cannot be taken off. */
export function OwnWaysPanel() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const ways = useQuery(trpc.identity.listOwnWays.queryOptions());
  const [isLinking, setLinking] = useState(false);
  const refresh = () => queryClient.invalidateQueries(trpc.identity.listOwnWays.queryFilter());
  const unlink = useMutation(
    trpc.identity.unlinkWay.mutationOptions({
      onSettled: refresh,
      onError: (error) =>
        notify({ tone: "crit", title: "Nothing was taken off.", detail: toShownError(error).message }),
    }),
  );
  const linked = () => {
    setLinking(false);
    notify({ tone: "ok", title: "The wallet can sign you in from now on." });
    void refresh();
  };
  const name = ways.data?.providerName ?? null;
  return (
    <>
      <QueryPanel
        title="Ways to sign in"
        sub="one account, several ways"
        query={ways}
        what="your ways to sign in"
        isFlush
        actions={
          <>
            {name !== null && <LinkProvider name={name} />}
            <Button size="small" onClick={() => setLinking(true)}>
              Link a wallet
            </Button>
          </>
        }
      >
        {(data) => (
          <WayTable
            ways={data.ways}
            providerName={name}
            goingId={unlink.isPending ? unlink.variables.wayId : null}
            onUnlink={(way) => unlink.mutate({ wayId: way.id })}
          />
        )}
      </QueryPanel>
      {isLinking && (
        <Dialog isOpen onClose={() => setLinking(false)} title="Link a wallet">
          <WalletSteps isLink onDone={linked} />
        </Dialog>
      )}
    </>
  );
}

type WayTableProps = {
  ways: readonly Way[];
  providerName: string | null;
  goingId: string | null;
  onUnlink: (way: Way) => void;
};

function WayTable({ ways, providerName, goingId, onUnlink }: WayTableProps) {
  const names = {
    password: "E-mail and password",
    wallet: "Wallet",
    oidc: providerName ?? "Identity provider",
  };
  return (
    <SmallTable
      label="Ways to sign in"
      rows={ways}
      rowKey={({ id }) => id}
      columns={[
        { id: "way", title: "Way", cell: ({ kind }) => <b>{names[kind]}</b> },
        { id: "detail", title: "As", cell: (way) => <Detail {...way} /> },
        { id: "since", title: "Since", isNumber: true, cell: ({ since }) => <Time at={since} isQuiet /> },
        {
          id: "off",
          title: <span className="sr-only">Action</span>,
          isNumber: true,
          width: 100,
          cell: (way) => (
            <Button
              size="small"
              isBusy={goingId === way.id}
              refused={ways.length === 1 ? "Your last way to sign in" : null}
              onClick={() => onUnlink(way)}
            >
              Take off
            </Button>
          ),
        },
      ]}
    />
  );
}

function Detail({ kind, detail }: Way) {
  if (detail === null) return <span className="dim">your e-mail address</span>;
  if (kind !== "wallet") return <span className="sec">{detail}</span>;
  return (
    <span className="mono sec" data-tip={detail} data-copy={detail}>
      {shorten(detail, 8, 6)}
    </span>
  );
}

function LinkProvider({ name }: { name: string }) {
  const [isAsking, setAsking] = useState(false);
  const begin = async () => {
    setAsking(true);
    const answer = await postAuth("oidc/start", { isLink: true, returnTo: "/settings/account" });
    if (answer.kind === "done" && answer.body.address) return window.location.assign(answer.body.address);
    setAsking(false);
    if (answer.kind === "refused") notify({ tone: "crit", title: answer.title });
  };
  return (
    <Button size="small" onClick={begin} isBusy={isAsking}>
      Link {name}
    </Button>
  );
}
