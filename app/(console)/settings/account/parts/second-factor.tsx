"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { toShownError } from "../../../../_client/shown-error.ts";
import { useTRPC } from "../../../../_client/trpc.tsx";
import { Button } from "../../../../_ui/button.tsx";
import { QueryPanel } from "../../../../_ui/query-panel.tsx";
import { Time } from "../../../../_ui/time.tsx";
import { Note } from "../../../../sign-in/note.tsx";
import { CodeForm } from "./code-form.tsx";
import { QrCode } from "./qr-code.tsx";
import { RecoveryCodesNote } from "./recovery-codes.tsx";

type Doing = "nothing" | "removing" | "renewing";

/** An authenticator app, asked after the password and after a wallet. */
export function SecondFactor() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const ways = useQuery(trpc.identity.listOwnWays.queryOptions());
  const [doing, setDoing] = useState<Doing>("nothing");
  const settle = () => {
    setDoing("nothing");
    void queryClient.invalidateQueries(trpc.identity.listOwnWays.queryFilter());
  };
  const begin = useMutation(trpc.identity.beginSecondFactor.mutationOptions());
  const done = { onSuccess: settle };
  const confirm = useMutation(trpc.identity.confirmSecondFactor.mutationOptions(done));
  const remove = useMutation(
    trpc.identity.removeSecondFactor.mutationOptions({
      onSuccess: () => {
        begin.reset();
        confirm.reset();
        renew.reset();
        settle();
      },
    }),
  );
  const renew = useMutation(trpc.identity.renewRecoveryCodes.mutationOptions(done));
  const codes = renew.data?.codes ?? confirm.data?.codes ?? null;
  return (
    <QueryPanel
      title="Second factor"
      sub="asked after a password or a wallet"
      query={ways}
      what="your second factor"
    >
      {({ secondFactor }) => (
        <div className="grid max-w-110 gap-3">
          {codes && <RecoveryCodesNote codes={codes} />}
          {secondFactor ? (
            <>
              <p>
                On since <Time at={secondFactor.since} form="instant" />. {secondFactor.recoveryLeft} of 10
                recovery codes are left.
              </p>
              {doing === "nothing" && (
                <div className="flex gap-2">
                  <Button onClick={() => setDoing("renewing")}>New recovery codes</Button>
                  <Button kind="danger" onClick={() => setDoing("removing")}>
                    Take it off
                  </Button>
                </div>
              )}
              {doing === "renewing" && (
                <CodeForm action="Make new codes" mutation={renew} onCancel={() => setDoing("nothing")} />
              )}
              {doing === "removing" && (
                <CodeForm action="Take it off" mutation={remove} onCancel={() => setDoing("nothing")} />
              )}
            </>
          ) : begin.data ? (
            <>
              <p>Scan this with an authenticator app, then type the code that it shows.</p>
              <QrCode rows={begin.data.qr} />
              <p className="hint">
                Or type <span className="mono">{begin.data.secret.replace(/.{4}/g, "$& ").trim()}</span>
              </p>
              <CodeForm action="Turn it on" mutation={confirm} onCancel={() => begin.reset()} />
            </>
          ) : (
            <>
              <p className="sec">Without one, who knows your password is you.</p>
              <div>
                <Button onClick={() => begin.mutate()} isBusy={begin.isPending}>
                  Set up an authenticator
                </Button>
              </div>
              {begin.isError && <Note tone="crit" title={toShownError(begin.error).message} />}
            </>
          )}
        </div>
      )}
    </QueryPanel>
  );
}
