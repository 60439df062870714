"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import Plus from "lucide-react/icons/plus";
import { parseAsStringLiteral, useQueryState } from "nuqs";
import { useState } from "react";
import type { NewToken, Token } from "../../../../server/features/tokens/schema.ts";
import { useTRPC } from "../../../_client/trpc.tsx";
import { Button } from "../../../_ui/button.tsx";
import { PageHead } from "../../../_ui/page-head.tsx";
import { QueryPanel } from "../../../_ui/query-panel.tsx";
import { Segmented } from "../../../_ui/segmented.tsx";
import { Sheet } from "../../../_ui/sheet.tsx";
import { WhatIsThis } from "../../../_ui/what-is-this.tsx";
import { MadeToken } from "./parts/made-token.tsx";
import { NewTokenDialog } from "./parts/new-token-dialog.tsx";
import { RevokeTokenDialog } from "./parts/revoke-token-dialog.tsx";
import { RotateTokenDialog } from "./parts/rotate-token-dialog.tsx";
import { ScopesPanel } from "./parts/scopes-panel.tsx";
import { TokenTable } from "./parts/token-table.tsx";

type Asking = { kind: "new" } | { kind: "rotate"; token: Token } | { kind: "revoke"; token: Token } | null;

/** Keys for machines: one's own, and for an admin everybody's. */
export function TokensView() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [whose, setWhose] = useQueryState("whose", parseAsStringLiteral(["own", "all"]).withDefault("own"));
  const [asking, setAsking] = useState<Asking>(null);
  const [made, setMade] = useState<NewToken | null>(null);
  const own = useQuery(trpc.tokens.listOwn.queryOptions({ limit: 200 }));
  const all = useQuery(trpc.tokens.listAll.queryOptions({ limit: 200 }, { enabled: whose === "all" }));
  const shown = whose === "all" ? all : own;
  const close = () => setAsking(null);
  const settle = (token: NewToken | null) => {
    setMade(token);
    close();
    void queryClient.invalidateQueries(trpc.tokens.pathFilter());
  };
  return (
    <>
      <PageHead
        title="API tokens"
        what={<WhatTokensAre />}
        meta={shown.data && countTokens(shown.data.rows)}
        actions={
          <>
            <Segmented
              label="Whose"
              value={whose}
              onChange={(next) => void setWhose(next)}
              options={[
                { value: "own", label: "Yours" },
                { value: "all", label: "Everybody's" },
              ]}
            />
            <Button icon={Plus} onClick={() => setAsking({ kind: "new" })}>
              New token
            </Button>
          </>
        }
      />
      {made && <MadeToken made={made} />}
      <Sheet>
        <QueryPanel
          title="Tokens"
          query={shown}
          what="tokens"
          isFlush
          sub={shown.data?.next ? "the newest 200" : null}
          emptyWhen={({ rows }) => (rows.length === 0 ? noTokens : null)}
        >
          {({ rows }) => (
            <TokenTable
              tokens={rows}
              isOwn={whose === "own"}
              madeId={made?.token.id ?? null}
              onRotate={(token) => setAsking({ kind: "rotate", token })}
              onRevoke={(token) => setAsking({ kind: "revoke", token })}
            />
          )}
        </QueryPanel>
      </Sheet>
      <Sheet>
        <ScopesPanel tokens={shown.data?.rows ?? []} />
      </Sheet>
      {asking?.kind === "new" && <NewTokenDialog onClose={close} onMade={settle} />}
      {asking?.kind === "rotate" && (
        <RotateTokenDialog token={asking.token} onClose={close} onMade={settle} />
      )}
      {asking?.kind === "revoke" && (
        <RevokeTokenDialog
          token={asking.token}
          isOwn={whose === "own"}
          onClose={close}
          onDone={() => settle(null)}
        />
      )}
    </>
  );
}

const noTokens = {
  title: "No tokens yet",
  children: "A token lets a machine send to one endpoint, or read what you may read.",
};

function countTokens(tokens: readonly Token[]): string {
  const live = tokens.filter(({ state }) => state === "live" || state === "rotated").length;
  return `${live} in force, ${tokens.length - live} ended`;
}

function WhatTokensAre() {
  return (
    <WhatIsThis title="API tokens">
      <p>
        A token acts as its owner, within its network and environment, and opens only what its scopes name.
        The secret is shown once; only its hash is stored. A revoked token is refused from its next call on.
      </p>
    </WhatIsThis>
  );
}
