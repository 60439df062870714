"use client";

import { useEffect, useState } from "react";
import { scopeTable, servedScopes } from "../../../../../server/features/tokens/rules.ts";
import type { Token } from "../../../../../server/features/tokens/schema.ts";
import type { TokenScope } from "../../../../../server/kernel/roles.ts";
import { Button } from "../../../../_ui/button.tsx";
import { Panel } from "../../../../_ui/panel.tsx";
import { tabStopWhileScrolling } from "../../../../_ui/tab-stop-while-scrolling.ts";
import { SmallTable } from "../../../../_ui/table/small-table.tsx";
import { curlFor } from "./curl-for.ts";

/** What each scope opens, and how it is used. */
export function ScopesPanel({ tokens }: { tokens: readonly Token[] }) {
  const [shown, setShown] = useState<TokenScope>("read");
  const command = curlFor(shown, useOrigin());
  const inForce = tokens.filter(({ state }) => state === "live" || state === "rotated");
  return (
    <Panel title="Scopes" sub="one for each machine endpoint" isFlush>
      <SmallTable
        label="Scopes"
        isCompact
        rows={servedScopes}
        rowKey={(scope) => scope}
        columns={[
          { id: "scope", title: "Scope", width: 170, cell: (scope) => <span className="mono">{scope}</span> },
          {
            id: "opens",
            title: "Opens only",
            cell: (scope) => (
              <>
                <span className="mono sec">{scopeTable[scope].opens}</span>{" "}
                <span className="dim">{scopeTable[scope].about}</span>
              </>
            ),
          },
          {
            id: "roles",
            title: "Given by",
            cell: (scope) => <span className="sec">{scopeTable[scope].roles.join(" or ")}</span>,
          },
          {
            id: "tokens",
            title: "Tokens",
            isNumber: true,
            width: 70,
            cell: (scope) => inForce.filter(({ scopes }) => scopes.includes(scope)).length,
          },
          {
            id: "curl",
            title: <span className="sr-only">Example</span>,
            isNumber: true,
            width: 80,
            cell: (scope) => (
              <Button
                size="small"
                kind="ghost"
                onClick={() => setShown(scope)}
                aria-pressed={scope === shown}
              >
                curl
              </Button>
            ),
          },
        ]}
      />
      <div className="curl-box">
        <pre ref={tabStopWhileScrolling} className="curl">
          {command}
        </pre>
        <Button size="small" data-copy={command}>
          Copy
        </Button>
      </div>
    </Panel>
  );
}

/** Where this console is; the server's rendering does not know. */
function useOrigin(): string {
  const [origin, setOrigin] = useState("");
  useEffect(() => setOrigin(window.location.origin), []);
  return origin;
}
